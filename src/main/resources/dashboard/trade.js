// One trade: its course among candles, why it was made, how it was judged.
import { badge, card, figure, gain, h, known, number, percent, table, time, unknown, usd } from "./dom.js";
import { get } from "./api.js";
import { candles } from "./charts.js";

export const title = "Trade";

export function show(root, ctx) {
  const place = h("div");
  root.append(h("p", null, h("a", { href: "#/trades" }, "All trades")), place);
  ctx.fill(place, signal => get("trade-details/" + encodeURIComponent(ctx.rest[0] || ""), signal), answer => draw(answer, ctx));
}

const REASONS = { TARGET_1: "target 1 reached", TARGET_2: "target 2 reached", TARGET_3: "target 3 reached", STOP_FIRST: "stop before target 1", TIME_OVER: "time over", NOT_FILLED: "entry zone never reached", NO_DATA: "no candles for it", LEVELS_CONTRADICT: "its levels contradict each other" };

function draw({ trade, validationHistory, anomalies, currentStatus }, ctx) {
  const reached = ["tp1", "tp2", "tp3"].filter(name => currentStatus.targetsHit[name]);
  const chart = h("div", { id: "candles" });
  const outcome = currentStatus.outcome;
  queueMicrotask(() => ctx.fill(chart, signal => get("trade-candles/" + trade.id, signal), answer => drawCandles(answer, trade, validationHistory)));
  return [
    h("h1", null, (trade.direction || "Trade") + " " + trade.symbol + " · " + (trade.timeframe || "no timeframe") + " ", badge(trade.status)),
    h("p", { class: "note" }, "Generated ", time(trade.generatedAt), ", expires ", time(trade.expiresAt), ", last judged ", time(trade.lastValidatedAt), ". Id ", h("code", null, trade.id)),
    h("dl", { class: "stats" },
      figure("Entry zone", usd(trade.entryZone.min), trade.entryZone.min === trade.entryZone.max ? "one price" : ["to ", usd(trade.entryZone.max), ", best ", usd(trade.entryZone.optimal)]),
      ...["tp1", "tp2", "tp3"].map((name, i) => figure("Target " + (i + 1), usd(trade.targets[name].price),
        number(trade.targets[name].allocation) + " % of the position" + (currentStatus.targetsHit[name] ? ", reached" : ""))),
      figure("Stop loss", usd(trade.stopLoss.price), ["loses ", percent(trade.stopLoss.maxLossPercent, 2), currentStatus.targetsHit.stopLoss ? ", touched" : null]),
      figure("Confidence", percent(trade.confidence, 0), "stated chance that target 1 comes before the stop"),
      figure("Data quality", percent(trade.dataQualityScore, 0), "when it was made"),
      figure("Profit", outcome ? gain(outcome.profitUsd) : unknown("Not judged here, or not over"), outcome ? (REASONS[outcome.reason] || outcome.reason.toLowerCase().replaceAll("_", " "))
        + (outcome.ambiguous ? "; target and stop in the same minute, counted as stop" : "") : null)),
    card("Candles", chart),
    card("Why", h("p", { class: "text" }, trade.quantumReasoning), h("h3", null, "How it was computed"), h("p", { class: "text" }, trade.mathematicalJustification)),
    card("Prices it was made from", table("Prices by source", ["Source", "#Price", "At", "Detail"], trade.crossAPIProof.map(proof => [proof.source + (proof.replayed ? " (replayed)" : ""),
      usd(proof.price), time(proof.timestamp), known(proof.detail) ? String(proof.detail) : ""]), "None: it was taken over from ATGE, which kept none.")),
    card("Like situations before", table("Situations in the past that were most alike", ["At", "#Price", "#Distance", "What followed", "#Change"], trade.historicalTriggers.map(past => [time(past.at), usd(past.price),
      number(past.distance, 2), badge(past.followed), percent(past.changePercent, 2)]), "None: it was taken over from ATGE, or the history was too short.")),
    card("Hours judged", table("How it was seen hour by hour, newest first", ["Hour", "#Price", "#Off prediction", "Phase shift", "#Volume 24 h", "#Mempool", "#Whales", "#Sentiment", "#Data quality"],
      validationHistory.map(hour => [time(hour.snapshot_at), usd(hour.price), known(hour.deviation_from_prediction) ? percent(hour.deviation_from_prediction, 2) : unknown(),
        known(hour.phase_shift_detected) ? (hour.phase_shift_detected ? "yes" : "no") : unknown("Not enough hours to tell"), usd(hour.volume_24h, 0), number(hour.mempool_size), number(hour.whale_transactions),
        number(hour.sentiment_score), percent(hour.data_quality_score, 0)]), "Not judged by the hour yet.")),
    card("Anomalies", table("What was odd about it", ["At", "Severity", "What"], anomalies.map(odd => [time(odd.detected_at), badge(odd.severity), odd.description]), "None.")),
    reached.length ? h("p", { class: "sr" }, "Targets reached: " + reached.join(", ")) : null];
}

function drawCandles(answer, trade, history) {
  const replayed = answer.replayed ? h("p", { class: "note" }, h("strong", null, "Replayed data. "), "These candles are a replay of old prices.") : null;
  if (answer.candles.length === 0) {
    return [replayed, h("p", { class: "empty" }, "The venue gives no candles for this time" + (answer.failures.length ? ": " + answer.failures.join("; ") : ", which is longer ago than it keeps.")
      + (history.length ? " The hours judged are listed below." : ""))];
  }
  const levels = [{ name: "Target 1", price: trade.targets.tp1.price, colour: "gain" }, { name: "Target 2", price: trade.targets.tp2.price, colour: "gain", dash: [6, 4] },
    { name: "Target 3", price: trade.targets.tp3.price, colour: "gain", dash: [2, 4] }, { name: "Stop", price: trade.stopLoss.price, colour: "loss" }];
  const marks = [{ at: trade.generatedAt, name: "made" }, ...(Date.parse(trade.expiresAt) <= Date.now() ? [{ at: trade.expiresAt, name: "expired" }] : [])];
  const last = answer.candles.at(-1);
  return [replayed, candles("Candles of " + answer.stepSeconds / 60 + " minutes from " + answer.candles[0].start + " to " + last.start + ", last close " + last.close + " dollars; entry zone, three targets and the stop are marked",
    answer.candles, levels, { low: trade.entryZone.min, high: trade.entryZone.max }, marks),
  h("p", { class: "note" }, "Hollow: closed higher. Band: entry zone. One candle is " + answer.stepSeconds / 60 + " min, by Kraken.")];
}
