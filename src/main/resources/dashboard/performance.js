// How well the trades did, honestly: with intervals, beside chance and beside holding.
import { badge, card, date, figure, gain, h, intervalBar, known, number, percent, plural, table, time, unknown, usd } from "./dom.js";
import { get } from "./api.js";
import { calibration, lines } from "./charts.js";

export const title = "Performance";

const interval = range => range ? number(range.low, 1) + " to " + number(range.high, 1) + " %" : null;
const bySource = { cmc: "CoinMarketCap", coingecko: "CoinGecko", kraken: "Kraken", blockchain: "Blockchain.com", lunarcrush: "LunarCrush" };

export function show(root, ctx) {
  const figures = h("div", { id: "figures" });
  const curve = h("div", { id: "curve" });
  const details = h("div", { id: "details" });
  root.append(h("h1", null, ctx.user.role === "admin" ? "Performance of all trades" : "Performance of your trades"), figures,
    card("Profit beside holding", h("p", { class: "note" }, "Each trade with $1,000, after 0.1 % fee and 0.1 % slippage a side; holding is $1,000 bought once, at the first hour that is known."), curve), details);
  ctx.fill(figures, signal => get("performance-dashboard", signal), answer => {
    details.replaceChildren(...drawDetails(answer.metrics, ctx));
    return drawFigures(answer.metrics, ctx);
  });
  ctx.fill(curve, signal => get("profit-curve", signal), answer => drawCurve(answer.days));
}

function rows(ctx, query) {
  return "#/trades?" + (ctx.user.role === "admin" ? "owner=all&" : "") + query;
}

function drawFigures(m, ctx) {
  const counts = m.counts;
  return [
    h("p", { class: "note" }, m.asOf ? ["As of the validation of ", time(m.asOf), ". "] : "No validation has run yet. ",
      plural(counts.judgedHere, "trade", "trades") + " judged here by candles, " + number(counts.takenOver) + " taken over from ATGE with the outcome it gave them."),
    h("dl", { class: "stats" },
      figure("Accuracy", percent(m.overallAccuracy), m.accuracyInterval ? ["95 %: " + interval(m.accuracyInterval), intervalBar(m.accuracyInterval.low, m.overallAccuracy, m.accuracyInterval.high)]
        : "No trade is over yet", rows(ctx, "status=HIT")),
      figure("Chance alone", known(m.baseRate) ? percent(100 * m.baseRate) : unknown(), "what the distances of target and stop give without any skill"),
      figure("Expectancy", gain(m.expectancy), m.profitTrades ? "a trade, over " + plural(m.profitTrades, "trade", "trades") : "No trade judged here has ended"),
      figure("Profit", gain(m.totalProfitLoss), "holding: " + (known(m.buyAndHold) ? (m.buyAndHold < 0 ? "−$" : "+$") + number(Math.abs(m.buyAndHold), 2) : "not known")),
      figure("Profit factor", known(m.profitFactor) ? number(m.profitFactor, 2) : unknown(), "won / lost; above 1 gains"),
      figure("Max drawdown", known(m.maxDrawdown) ? usd(m.maxDrawdown) : unknown(), "deepest fall of the running profit"))];
}

function drawDetails(m, ctx) {
  const counts = m.counts;
  const decided = counts.hit + counts.notHit + counts.expired;
  return [
    h("div", { class: "pair" }, card("Outcomes", table("Trades by status", ["Status", "#Trades", "#Share of those over"], [["ACTIVE", counts.active], ["HIT", counts.hit], ["NOT_HIT", counts.notHit],
      ["EXPIRED", counts.expired], ["INVALIDATED", counts.invalidated]].map(([status, count]) => [badge(status),
      h("a", { href: rows(ctx, "status=" + status) }, number(count)),
      ["HIT", "NOT_HIT", "EXPIRED"].includes(status) && decided > 0 ? percent(100 * count / decided) : ""])),
    h("p", { class: "note" }, "Confidence averages " + (known(m.averageConfidenceWinning) ? number(m.averageConfidenceWinning, 1) : "—") + " where the target was hit and "
      + (known(m.averageConfidenceLosing) ? number(m.averageConfidenceLosing, 1) : "—") + " where not.")),
    card("By timeframe", table("Accuracy by timeframe", ["Timeframe", "#Trades", "#Hit", "#Accuracy", "95 %", ""], m.timeframes.map(t => [
      h("a", { href: rows(ctx, "timeframe=" + encodeURIComponent(t.timeframe)) }, t.timeframe || "none"), number(t.trades), number(t.hit), percent(t.accuracy), interval(t.interval) || unknown(),
      t.interval ? intervalBar(t.interval.low, t.accuracy, t.interval.high) : ""]), "No trade is over yet."))),
    drawScore(m.score),
    card("Newest trades", table("Newest trades", ["Generated", "Status", "Timeframe", "#Entry", "#First target", "#Stop", "#Confidence"], m.recentTrades.map(t => [
      h("a", { href: "#/trade/" + t.id }, time(t.generated_at)), badge(t.status), t.timeframe || unknown(), usd(t.entry_optimal), usd(t.tp1_price), usd(t.stop_loss_price), percent(t.confidence_score, 0)]),
    "No trade yet.")),
    card(h("h2", null, h("a", { href: "#/market" }, "Data")), h("p", null, "Anomalies of the last seven days: ", h("a", { href: "#/market?days=7" }, number(m.anomalyCount)),
      ". Sources: ", ...Object.entries(m.apiReliability).flatMap(([source, value], i) => [i ? ", " : "", bySource[source] + " ", percent(value, 0)]), "."))];
}

function drawScore(score) {
  if (!score || !score.trades) {
    return card("Is the confidence right?", h("p", { class: "empty" }, "No trade with a stated confidence is over yet."));
  }
  const filled = score.bins.filter(bin => bin.trades > 0);
  return card("Is the confidence right?",
    h("p", { class: "note" }, "On the dashed line, what is stated is what happens. Brier score " + number(score.brier, 4) + " (lower is better); always saying the base rate gives "
      + number(score.brierBaseRate, 4) + ". Mean calibration error " + number(score.calibrationError, 1) + " points, over " + plural(score.trades, "trade", "trades") + "."),
    calibration("Calibration: " + filled.map(bin => "stated " + number(bin.stated, 0) + " percent, came true " + number(bin.cameTrue, 0)).join("; "), score.bins),
    h("details", null, h("summary", null, "Numbers"), table("Calibration by decile", ["Stated from", "#Trades", "#Mean stated", "#Came true"],
      filled.map(bin => [bin.from + " %", number(bin.trades), percent(bin.stated), percent(bin.cameTrue)]))));
}

function drawCurve(days) {
  if (days.length === 0) {
    return h("p", { class: "empty" }, "No trade judged here has ended, and no hour of the market is known yet.");
  }
  const last = days.at(-1);
  const dollars = value => (value < 0 ? "−$" : "$") + Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: 2 });
  return [lines("Profit day by day until " + last.day + ": trades " + dollars(last.total) + ", holding " + (known(last.buyAndHold) ? dollars(last.buyAndHold) : "not known"),
    days.map(day => day.day), [{ name: "Trades", values: days.map(day => day.total), colour: "accent" },
      { name: "Buy and hold", values: days.map(day => day.buyAndHold), colour: "calm", dash: [6, 4] }], dollars),
  h("details", null, h("summary", null, "Numbers"), table("Profit by day", ["Day", "#Trades ended", "#Profit", "#Total", "#Price", "#Holding"],
    days.slice(-120).reverse().map(day => [date(day.day), number(day.trades), gain(day.profit), gain(day.total), usd(day.price), gain(day.buyAndHold)])))];
}
