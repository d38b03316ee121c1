// The calls of a source one by one: the rows behind its reliability.
import { badge, card, h, known, number, table, time, unknown } from "./dom.js";
import { get } from "./api.js";

export const title = "Calls";
export const admin = true;

export function show(root, ctx) {
  const place = h("div", { id: "calls" });
  const query = new URLSearchParams();
  ["source", "days", "failed"].filter(name => ctx.query.get(name)).forEach(name => query.set(name, ctx.query.get(name)));
  const source = query.get("source");
  root.append(h("p", null, h("a", { href: "#/market?days=" + (query.get("days") || "7") }, "← Data quality and sources")),
    h("div", { class: "head" }, h("div", null, h("h1", null, (query.get("failed") === "true" ? "Failed calls" : "Calls") + (source ? " of " + source : " of all sources")),
      h("p", null, "Of the last " + (query.get("days") || "7") + " days, newest first, at most 200."))), card(h("h2", { class: "sr" }, "Calls"), place));
  ctx.fill(place, signal => get("market-calls?" + query, signal), answer => table("Calls, newest first", ["At", "Source", "Endpoint", "#Status", "#Time", "#Retries", "Outcome", "Error"],
    answer.calls.map(call => [time(call.called_at), call.api_name, h("code", null, (call.http_method || "") + " " + call.endpoint), known(call.status_code) ? String(call.status_code) : unknown("No answer came"),
      known(call.response_time_ms) ? number(call.response_time_ms) + " ms" : unknown(), number(call.retry_count), badge(call.success ? "OK" : "FAILED"), [call.error_type, call.error_message].filter(known).join(": ")]),
    "No call in this time."));
}
