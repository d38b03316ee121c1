// What watches the system saw: open alerts, what is measured, planned maintenance.
import { action, badge, card, figure, h, known, number, percent, plural, span, table, time, unknown } from "./dom.js";
import { get, send } from "./api.js";

export const title = "Alerts";
export const admin = true;

const AGAIN_MS = 15000;

export function show(root, ctx) {
  const health = h("div", { id: "health" });
  const alerts = h("div", { id: "alerts" });
  const planned = h("div", { id: "maintenance" });
  const drawPlanned = () => ctx.fill(planned, signal => get("maintenance", signal), answer => drawMaintenance(answer.maintenance, ctx, drawPlanned));
  root.append(h("div", { class: "head" }, h("div", null, h("h1", null, "Alerts and health"), h("p", null, "Each rule fires once, says when it is over, and cools down. What is not measured neither fires nor resolves."))),
    health, card("Alerts", alerts), card("Maintenance", h("p", { class: "note" }, "Announced a day before to those who get alerts, shown on this page and in the status from an hour before until its end."), form(ctx, drawPlanned), planned));
  ctx.every(AGAIN_MS, () => Promise.all([ctx.fill(health, signal => get("monitoring?type=health", signal), answer => drawHealth(answer.health)),
    ctx.fill(alerts, signal => get("monitoring/alerts", signal), answer => drawAlerts(answer.alerts)), drawPlanned()]));
}

function drawHealth({ database, measures }) {
  if (!measures) {
    return h("p", { class: "problem", role: "alert" }, "The database is " + database.status + ": " + database.why);
  }
  const validation = measures.validation;
  const quality = measures.quality[0];
  const worst = [...measures.sources].sort((a, b) => a.reliability - b.reliability || b.failures / b.calls - a.failures / a.calls)[0];
  const reliability = worst && 100 * (worst.calls - worst.failures) / worst.calls;
  const open = measures.openAlerts ? Object.values(measures.openAlerts).reduce((sum, count) => sum + count, 0) : null;
  return h("dl", { class: "stats" },
    figure("Open alerts", number(open), known(open) ? ["CRITICAL", "WARNING", "INFO"].filter(level => measures.openAlerts[level]).map(level => measures.openAlerts[level] + " " + level).join(", ") || "all quiet" : null),
    figure("Last validation", validation && known(validation.lastFinished) ? time(validation.lastFinished) : unknown("none has run"), validation && known(validation.lastFinished) ? ["took ", span(validation.lastSeconds), "; ",
      plural(validation.failed + validation.abandoned, "run", "runs"), " failed so far"] : "none has run"),
    figure("Data quality", quality && known(quality.dataQualityScore) ? [number(quality.dataQualityScore), " of 100"] : unknown(), quality ? ["at ", time(quality.hour)] : "no hour is scored", "#/market"),
    figure("Worst source", worst ? percent(reliability) : unknown(), worst ? worst.source + ", last hour" : "none was asked in the last hour", worst ? "#/calls?days=1&source=" + encodeURIComponent(worst.source) : null),
    figure("Generation", measures.suspensions?.open ? "suspended" : measures.suspensions ? "allowed" : unknown(), measures.suspensions?.open ? [measures.suspensions.open.reason, ", until ", time(measures.suspensions.open.endsAt)] : null),
    figure("Anomalies", measures.anomalies ? number(measures.anomalies.lastHour) : unknown(), measures.anomalies ? "in the last hour; " + number(measures.anomalies.hourBefore) + " in the hour before" : null, "#/market?days=1"),
    figure("Sync lag", measures.sync && known(measures.sync.lagSeconds) ? number(measures.sync.lagSeconds, 1) + " s" : unknown(), measures.sync ? [measures.sync.state.toLowerCase(), ", ", number(measures.sync.pending), " changes wait"] : "no sync is set up", "#/migration"),
    figure("Differences", measures.verification ? number(measures.verification.settledDifferences) : unknown(), measures.verification ? ["of ", number(measures.verification.rowsCompared), " rows, ", time(measures.verification.finishedAt)] : "never compared", "#/migration"));
}

function drawAlerts(alerts) {
  return table("Alerts, the open ones first", ["Level", "State", "Rule", "What", "Since", "Over", "Told"], alerts.map(alert => [badge(alert.level), badge(known(alert.resolvedAt) ? "RESOLVED" : "OPEN"),
    alert.rule + (alert.subject ? " (" + alert.subject + ")" : ""), alert.message, time(alert.firedAt), known(alert.resolvedAt) ? time(alert.resolvedAt) : "", alert.unsent ? plural(alert.unsent, "endpoint waits", "endpoints wait") : "all"]),
  "None was ever given: all is quiet.");
}

/** From a field of local time to an instant. */
const instant = field => field.value ? new Date(field.value).toISOString() : "";

function form(ctx, refresh) {
  const from = h("input", { type: "datetime-local", id: "from" });
  const to = h("input", { type: "datetime-local", id: "to" });
  const what = h("input", { type: "text", id: "what", maxlength: "500" });
  return h("div", { class: "filters" }, h("label", { for: "from", class: "half" }, "From (your time)", from), h("label", { for: "to", class: "half" }, "To (your time)", to), h("label", { for: "what", class: "wide" }, "What is done", what),
    action("Plan", ctx, async () => {
      const window = await send("POST", "maintenance", { from: instant(from), to: instant(to), what: what.value });
      await refresh();
      what.value = "";
      return "Planned as number " + window.id + ".";
    }));
}

function state(window) {
  return known(window.cancelledAt) ? "CANCELLED" : Date.parse(window.endsAt) <= Date.now() ? "OVER" : Date.parse(window.startsAt) <= Date.now() ? "UNDER_WAY" : "PLANNED";
}

function drawMaintenance(windows, ctx, refresh) {
  return h("div", { class: "under" }, table("Planned maintenance, the next first", ["State", "From", "To", "What", "By", ""], windows.map(window => [badge(state(window)), time(window.startsAt), time(window.endsAt), window.what,
    h("code", { class: "short", title: window.plannedBy }, window.plannedBy.length === 36 ? window.plannedBy.slice(0, 8) + "…" : window.plannedBy),
    ["PLANNED", "UNDER_WAY"].includes(state(window)) ? action("Cancel", ctx, async () => {
      await send("DELETE", "maintenance/" + window.id);
      await refresh();
      return "Number " + window.id + " is cancelled.";
    }, true) : ""]), "None is planned, and none was in the last month."));
}
