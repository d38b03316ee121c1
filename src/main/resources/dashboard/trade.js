// One trade: its course among candles, why it was made, how it was judged.
import { badge, card, change, figure, gain, h, known, number, percent, table, time, unknown, usd } from "./dom.js";
import { get } from "./api.js";
import { candles } from "./charts.js";

export const title = "Trade";

export function show(root, ctx) {
  const place = h("div");
  root.append(h("p", null, h("a", { href: "#/trades" }, "← All trades")), place);
  ctx.fill(place, signal => get("trade-details/" + encodeURIComponent(ctx.rest[0] || ""), signal), answer => draw(answer, ctx));
}

const REASONS = { TARGET_1: "target 1 reached", TARGET_2: "target 2 reached", TARGET_3: "target 3 reached", STOP_FIRST: "stop before target 1", TIME_OVER: "time over", NOT_FILLED: "entry zone never reached", NO_DATA: "no candles for it", LEVELS_CONTRADICT: "its levels contradict each other" };

function draw({ trade, validationHistory, anomalies, currentStatus }, ctx) {
  const chart = h("div", { id: "candles" });
  const outcome = currentStatus.outcome;
  const newest = validationHistory[0];
  queueMicrotask(() => ctx.fill(chart, signal => get("trade-candles/" + trade.id, signal), answer => drawCandles(answer, trade, validationHistory)));
  return [
    h("div", { class: "head" }, h("div", null,
      h("h1", null, (trade.direction || "Trade") + " " + trade.symbol + (trade.timeframe ? " · " + trade.timeframe : ""), badge(trade.status),
        trade.crossAPIProof.some(proof => proof.replayed) ? badge("REPLAYED") : null),
      h("p", null, "Made ", time(trade.generatedAt), ", ends ", time(trade.expiresAt), ", last judged ", time(trade.lastValidatedAt), ". Id ", h("code", null, trade.id)))),
    h("dl", { class: "stats" },
      figure("Confidence", percent(trade.confidence, 0), "stated chance that target 1 comes before the stop"),
      figure("Data quality", percent(trade.dataQualityScore, 0), "when it was made"),
      figure("Price", newest ? usd(newest.price) : unknown("Not seen by the hour"), newest ? ["at ", time(newest.taken_at || newest.snapshot_at)] : "not judged by the hour"),
      figure("Towards target 1", percent(currentStatus.deviationScore), "of the way from the entry, at the last hour judged"),
      figure("Profit", outcome ? gain(outcome.profitUsd) : unknown("Not judged here, or not over"), outcome ? [known(outcome.profitUsd) ? "of $1,000 after costs; " : "a part is still open, or it cannot be known; ", REASONS[outcome.reason] || outcome.reason.toLowerCase().replaceAll("_", " "),
        outcome.ambiguous ? "; target and stop in the same minute, counted as stop" : null, outcome.singleVenue ? "; by one venue alone" : null] : "of $1,000 after costs")),
    h("div", { class: "grid" }, h("section", { class: "card w8" }, h("h2", null, "Course"), chart),
      h("section", { class: "card w4" }, h("h2", null, "Levels"), levelTable(trade, currentStatus))),
    h("div", { class: "grid" }, h("section", { class: "card w6" }, h("h2", null, "Why"), paragraphs(trade.quantumReasoning)),
      h("section", { class: "card w6" }, h("h2", null, "How it was computed"), paragraphs(trade.mathematicalJustification))),
    h("div", { class: "grid" }, h("section", { class: "card w6" }, h("h2", null, "Prices it was made from"), table("Prices by source", ["Source", "#Price", "At", "Detail"], trade.crossAPIProof.map(proof => [
      h("span", null, proof.source + (proof.replayed ? " (replayed)" : "")), usd(proof.price), time(proof.timestamp), known(proof.detail) ? String(proof.detail) : ""]), "None: it was taken over from ATGE, which kept none.")),
    h("section", { class: "card w6" }, h("h2", null, "Like situations before"), table("Situations in the past that were most alike", ["At", "#Price", "#Distance", "What followed", "#Change"], trade.historicalTriggers.map(past => [time(past.at), usd(past.price),
      number(past.distance, 2), badge(past.followed), change(past.changePercent)]), "None: it was taken over from ATGE, or the history was too short."))),
    card("Hours judged", table("How it was seen hour by hour, newest first", ["Hour", "#Price", "#Towards target 1", "Phase shift", "#Volume 24 h", "#Mempool", "#Whales", "#Sentiment", "#Data quality"],
      validationHistory.map(hour => [time(hour.snapshot_at), usd(hour.price), percent(hour.deviation_from_prediction, 1),
        known(hour.phase_shift_detected) ? (hour.phase_shift_detected ? "yes" : "no") : unknown("Not enough hours to tell"), usd(hour.volume_24h, 0), number(hour.mempool_size), number(hour.whale_transactions),
        number(hour.sentiment_score), percent(hour.data_quality_score, 0)]), "Not judged by the hour yet.")),
    card("Anomalies", table("What was odd about it", ["At", "Severity", "What"], anomalies.map(odd => [time(odd.detected_at), badge(odd.severity), odd.description]), "None."))];
}

/** A text of one line as a paragraph, one of several as a list of its lines. */
function paragraphs(text) {
  const parts = text.split("\n").filter(line => line.trim());
  return parts.length > 1 ? h("ul", { class: "lines" }, parts.map(line => h("li", null, line))) : h("p", { class: "text" }, text);
}

/** Highest price first, each with its distance from the best entry. */
function levelTable(trade, status) {
  const entry = trade.entryZone;
  const away = price => change(100 * (price - entry.optimal) / entry.optimal);
  const reached = yes => h("small", null, known(yes) ? yes ? "reached" : trade.status === "ACTIVE" ? "not reached yet" : "not reached" : "never judged here");
  const named = (name, state) => h("span", { class: "level" }, name, state);
  const rows = [...["tp1", "tp2", "tp3"].map((name, i) => ({ price: trade.targets[name].price, cells: [named("Target " + (i + 1), reached(status.targetsHit[name])), usd(trade.targets[name].price),
    away(trade.targets[name].price), number(trade.targets[name].allocation) + " %"] })),
  { price: entry.optimal, cells: [named("Entry", entry.min === entry.max ? null : h("small", null, usd(entry.min), " to ", usd(entry.max))), usd(entry.optimal), "", ""] },
  { price: trade.stopLoss.price, cells: [named("Stop", reached(status.targetsHit.stopLoss)), usd(trade.stopLoss.price), away(trade.stopLoss.price), "all"] }];
  return [table("Levels, highest price first", ["Level", "#Price", "#From entry", "#Closes"], rows.sort((a, b) => b.price - a.price).map(row => row.cells)),
    h("p", { class: "note" }, "The stop loses at most " + number(trade.stopLoss.maxLossPercent, 2) + " %.")];
}

function drawCandles(answer, trade, history) {
  const replayed = answer.replayed ? h("p", { class: "note" }, h("strong", null, "Replayed data. "), "These candles are a replay of old prices.") : null;
  if (answer.candles.length === 0) {
    return [replayed, h("p", { class: "empty" }, "The venue gives no candles for this time" + (answer.failures.length ? ": " + answer.failures.join("; ") : ", which is longer ago than it keeps.")
      + (history.length ? " The hours judged are listed below." : ""))];
  }
  const levels = [{ name: "Target 1", price: trade.targets.tp1.price, colour: "gain" }, { name: "Target 2", price: trade.targets.tp2.price, colour: "gain", dash: [6, 4] },
    { name: "Target 3", price: trade.targets.tp3.price, colour: "gain", dash: [2, 4] }, { name: "Stop", price: trade.stopLoss.price, colour: "loss" }];
  const last = answer.candles.at(-1);
  const marks = [{ at: trade.generatedAt, name: "made" }, ...(Date.parse(trade.expiresAt) <= Date.parse(last.start) + 1000 * answer.stepSeconds ? [{ at: trade.expiresAt, name: "ended" }] : [])];
  const judged = history.map(hour => ({ at: hour.taken_at || hour.snapshot_at, price: hour.price }));
  return [replayed, candles("Candles of " + answer.stepSeconds / 60 + " minutes from " + answer.candles[0].start + " to " + last.start + ", last close " + last.close
    + " dollars; entry zone, three targets, the stop and the hours judged are marked", answer.candles, levels, { low: trade.entryZone.min, high: trade.entryZone.max }, marks, judged),
  h("p", { class: "note" }, "One candle is " + answer.stepSeconds / 60 + " min, by Kraken; hollow ones closed higher. Band: entry zone. Dots: the hours judged.")];
}
