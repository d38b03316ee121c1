// How good the data was: quality by hour, how the sources answered, what was odd.
import { badge, card, h, known, number, percent, plural, strip, table, time, unknown } from "./dom.js";
import { get } from "./api.js";
import { lines } from "./charts.js";

export const title = "Data";

const COLOURS = ["accent", "calm", "gain", "loss", "dim"];
const HOUR = 3600000;
const DAYS_BY_HOUR = 7;

export function show(root, ctx) {
  const days = ctx.query.get("days") || "7";
  const place = h("div");
  const choose = h("select", { id: "days", onchange: event => ctx.go("#/market?days=" + event.target.value) },
    ["1", "7", "30", "90"].map(value => h("option", { value, selected: value === days }, value === "1" ? "1 day" : value + " days")));
  root.append(h("div", { class: "head" }, h("div", null, h("h1", null, "Data quality and sources"), h("p", null, "What signals are made from, and how far it can be trusted.")),
    h("div", { class: "controls" }, h("label", { for: "days" }, "Over the last"), choose)), place);
  ctx.fill(place, signal => get("market-history?days=" + encodeURIComponent(days), signal), answer => draw(answer, Number(days), ctx));
}

/** Every step from the first time that is known on, so that what is missing in between is a gap. */
function steps(times, length) {
  const all = [];
  for (let at = Date.parse(times[0]); at <= Date.parse(times.at(-1)); at += length) {
    all.push(new Date(at).toISOString());
  }
  return all;
}

const at = text => Date.parse(text);

function draw({ hours, sources, anomalies }, days, ctx) {
  return [card("Data quality by hour", ...quality(hours)),
    card("Sources", ...drawSources(sources, days, ctx)),
    card("Anomalies", table("Anomalies, newest first", ["At", "Severity", "What", "Effect", "Over"], anomalies.map(odd => [time(odd.detected_at), badge(odd.severity),
      h("span", null, odd.description, odd.trade_id ? [" ", h("a", { href: "#/trade/" + odd.trade_id }, "Its trade")] : null),
      odd.system_suspended ? "Generation suspended" + (known(odd.suspension_duration_minutes) ? " for " + odd.suspension_duration_minutes + " min" : "") : (odd.impact || ""),
      known(odd.resolved_at) ? time(odd.resolved_at) : "open"]), "None in this time."), anomalies.length === 200 ? h("p", { class: "note" }, "The newest 200.") : null)];
}

function quality(hours) {
  const scored = hours.filter(hour => known(hour.dataQualityScore));
  if (scored.length === 0) {
    return [h("p", { class: "empty" }, "No hour has been scored yet: the hourly validation writes the first.")];
  }
  const low = scored.filter(hour => hour.dataQualityScore < 70);
  const mean = Math.round(scored.reduce((sum, hour) => sum + hour.dataQualityScore, 0) / scored.length);
  const value = new Map(hours.map(hour => [at(hour.hour), hour.dataQualityScore]));
  const times = steps(hours.map(hour => hour.hour), HOUR);
  return [h("p", { class: "note" }, plural(scored.length, "hour", "hours") + " scored, " + mean + " of 100 points on average, " + number(low.length)
    + " of them below 70, where no signal is made. A gap: not scored, because the hour was caught up from candles, or not seen at all."),
  lines("Data quality by hour in points of 100, from " + scored[0].hour + ": mean " + mean, times, [{ name: "Quality, points of 100", values: times.map(each => value.get(at(each))), colour: "accent" },
    { name: "Least for a signal", values: times.map(() => 70), colour: "loss", dash: [4, 4] }], String, [0, 102])];
}

function drawSources(sources, days, ctx) {
  if (sources.length === 0) {
    return [h("p", { class: "empty" }, "No source was asked in this time.")];
  }
  const names = [...new Set(sources.map(each => each.source))].sort();
  const times = steps([...new Set(sources.map(each => each.start))].sort(), days <= DAYS_BY_HOUR ? HOUR : 24 * HOUR);
  const found = new Map(sources.map(each => [each.source + at(each.start), each]));
  const unit = days <= DAYS_BY_HOUR ? "hour" : "day";
  const rows = (name, failed) => "#/calls?days=" + days + "&source=" + encodeURIComponent(name) + (failed ? "&failed=true" : "");
  const linked = (count, name, failed) => ctx.user.role === "admin" && count > 0 ? h("a", { href: rows(name, failed) }, number(count)) : number(count);
  const listed = table("Calls by source", ["Source", "#Calls", "#Failed", "#Reliability", "#Mean time", "Reliability by " + unit], names.map(name => {
    const own = sources.filter(each => each.source === name);
    const calls = own.reduce((sum, each) => sum + each.calls, 0);
    const failures = own.reduce((sum, each) => sum + each.failures, 0);
    const timed = own.filter(each => known(each.meanMs));
    const weight = timed.reduce((sum, each) => sum + each.calls, 0);
    return [name, linked(calls, name, false), linked(failures, name, true), percent(100 * (calls - failures) / calls),
      weight ? number(timed.reduce((sum, each) => sum + each.meanMs * each.calls, 0) / weight) + " ms" : unknown(),
      strip(times.map(time => found.get(name + at(time))?.reliability), "Reliability of " + name + " by " + unit + ", " + number(100 * (calls - failures) / calls, 1) + " percent in all")];
  }));
  return [listed, times.length < 2 ? null : [h("h3", null, "Mean time of an answer by " + unit + ", ms"),
    lines("Mean time of an answer of each source in milliseconds", times, names.map((name, i) => ({ name, colour: COLOURS[i % COLOURS.length], values: times.map(time => found.get(name + at(time))?.meanMs) })),
      ms => Math.round(ms).toLocaleString("en-US") + " ms")]].flat();
}
