// How good the data was: quality by hour, how the sources answered, what was odd.
import { badge, card, h, known, number, percent, plural, table, time, unknown } from "./dom.js";
import { get } from "./api.js";
import { lines } from "./charts.js";

export const title = "Data";

const COLOURS = ["accent", "calm", "gain", "loss", "dim"];

export function show(root, ctx) {
  const days = ctx.query.get("days") || "7";
  const place = h("div");
  const choose = h("select", { id: "days", onchange: event => ctx.go("#/market?days=" + event.target.value) },
    ["1", "7", "30", "90"].map(value => h("option", { value, selected: value === days }, value === "1" ? "1 day" : value + " days")));
  root.append(h("h1", null, "Data quality and sources"), h("p", null, h("label", { for: "days" }, "Over the last "), choose), place);
  ctx.fill(place, signal => get("market-history?days=" + encodeURIComponent(days), signal), draw);
}

function draw({ hours, sources, anomalies }) {
  const scored = hours.filter(hour => known(hour.dataQualityScore));
  const low = scored.filter(hour => hour.dataQualityScore < 70);
  return [
    card("Data quality by hour", scored.length ? [
      h("p", { class: "note" }, plural(scored.length, "hour", "hours") + " scored, " + number(low.length) + " of them below 70, where no signal is made. A gap: not scored, because the hour was caught up from candles."),
      lines("Data quality by hour, from " + scored[0].hour + ": mean " + Math.round(scored.reduce((sum, hour) => sum + hour.dataQualityScore, 0) / scored.length) + " of 100",
        hours.map(hour => hour.hour), [{ name: "Quality", values: hours.map(hour => hour.dataQualityScore), colour: "accent" }], value => String(value), [0, 100])]
      : h("p", { class: "empty" }, "No hour has been scored yet: the hourly validation writes the first.")),
    card("Sources", sourceChart(sources), sourceTable(sources)),
    card("Anomalies", table("Anomalies of market and sources, newest first", ["At", "Severity", "What", "Effect", "Over"], anomalies.map(odd => [time(odd.detected_at), badge(odd.severity),
      h("span", null, odd.description), odd.system_suspended ? "Generation suspended" + (known(odd.suspension_duration_minutes) ? " for " + odd.suspension_duration_minutes + " min" : "") : (odd.impact || ""),
      known(odd.resolved_at) ? time(odd.resolved_at) : "open"]), "None in this time."))];
}

function sourceChart(sources) {
  if (sources.length === 0) {
    return h("p", { class: "empty" }, "No source was asked in this time.");
  }
  const names = [...new Set(sources.map(each => each.source))].sort();
  const starts = [...new Set(sources.map(each => each.start))].sort();
  if (starts.length < 2) {
    return null;
  }
  const value = new Map(sources.map(each => [each.source + each.start, each.reliability]));
  return lines("Reliability of each source in percent", starts, names.map((name, i) => ({ name, colour: COLOURS[i % COLOURS.length],
    values: starts.map(start => value.get(name + start)) })), percentage => Math.round(percentage) + " %", [0, 100]);
}

function sourceTable(sources) {
  const names = [...new Set(sources.map(each => each.source))].sort();
  return names.length === 0 ? null : table("Calls by source", ["Source", "#Calls", "#Failed", "#Reliability", "#Mean time"], names.map(name => {
    const own = sources.filter(each => each.source === name);
    const calls = own.reduce((sum, each) => sum + each.calls, 0);
    const failures = own.reduce((sum, each) => sum + each.failures, 0);
    const timed = own.filter(each => known(each.meanMs));
    const weight = timed.reduce((sum, each) => sum + each.calls, 0);
    return [name, number(calls), number(failures), percent(100 * (calls - failures) / calls),
      weight ? number(timed.reduce((sum, each) => sum + each.meanMs * each.calls, 0) / weight) + " ms" : unknown()];
  }));
}
