// How well the trades did, honestly: with intervals, beside chance and beside holding.
import { badge, card, date, figure, gain, h, intervalBar, known, more, number, percent, plural, shareBar, table, time, unknown, usd } from "./dom.js";
import { get } from "./api.js";
import { calibration, lines } from "./charts.js";

export const title = "Performance";

const OVER = "status=HIT,NOT_HIT,EXPIRED,INVALIDATED";
const interval = range => range ? number(range.low, 1) + " to " + number(range.high, 1) + " %" : null;
const bySource = { cmc: "CoinMarketCap", coingecko: "CoinGecko", kraken: "Kraken", blockchain: "Blockchain.com", lunarcrush: "LunarCrush" };
const dollars = value => (value < 0 ? "−$" : "$") + Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: 2 });

export function show(root, ctx) {
  const as = h("p", { id: "as-of" });
  const figures = h("div", { id: "figures" });
  const curve = h("div", { id: "curve" });
  const score = h("div", { id: "score" });
  const details = h("div", { id: "details" });
  root.append(h("div", { class: "head" }, h("div", null, h("h1", null, ctx.user.role === "admin" ? "Performance of all trades" : "Performance of your trades"), as)), figures,
    h("div", { class: "grid" },
      h("section", { class: "card w8" }, h("h2", null, "Profit beside holding"), h("p", { class: "note" },
        "Each trade with $1,000, after 0.1 % fee and 0.1 % slippage a side. Holding is $1,000 bought once, at the first hour that is known."), curve),
      h("section", { class: "card w4" }, h("h2", null, "Is the confidence right?"), score)), details);
  ctx.fill(figures, signal => get("performance-dashboard", signal), ({ metrics }) => {
    as.replaceChildren(...asOf(metrics));
    score.replaceChildren(...drawScore(metrics.score));
    details.replaceChildren(...drawDetails(metrics, ctx));
    return drawFigures(metrics, ctx);
  });
  ctx.fill(curve, signal => get("profit-curve", signal), answer => drawCurve(answer.days));
}

function rows(ctx, query) {
  return "#/trades?" + (ctx.user.role === "admin" ? "owner=all&" : "") + query;
}

const over = counts => counts.hit + counts.notHit + counts.expired + counts.invalidated;

function asOf(m) {
  return [m.asOf ? "As of the validation of " : "No validation has run yet. ", m.asOf ? time(m.asOf) : "", m.asOf ? ". " : "",
    plural(m.counts.judgedHere, "trade", "trades") + " judged here by candles, " + number(m.counts.takenOver) + " taken over from ATGE with the outcome it gave them."];
}

function drawFigures(m, ctx) {
  return [
    h("dl", { class: "stats" },
      figure("Accuracy", percent(m.overallAccuracy), m.accuracyInterval ? ["95 %: " + interval(m.accuracyInterval) + ", n = " + number(over(m.counts)),
        intervalBar(m.accuracyInterval.low, m.overallAccuracy, m.accuracyInterval.high)] : "No trade is over yet", rows(ctx, OVER)),
      figure("Chance alone", known(m.baseRate) ? percent(100 * m.baseRate) : unknown(), "what the distances of target and stop give without any skill"),
      figure("Expectancy", gain(m.expectancy), m.profitTrades ? "a trade of $1,000, n = " + number(m.profitTrades) : "No trade judged here has ended"),
      figure("Profit", gain(m.totalProfitLoss), ["holding: ", gain(m.buyAndHold)]),
      figure("Profit factor", known(m.profitFactor) ? number(m.profitFactor, 2) : unknown(), "won / lost; above 1 gains"),
      figure("Max drawdown", usd(m.maxDrawdown), "deepest fall of the running profit"))];
}

function drawDetails(m, ctx) {
  const counts = m.counts;
  const all = [["HIT", counts.hit, "good"], ["NOT_HIT", counts.notHit, "bad"], ["EXPIRED", counts.expired, "dim"], ["INVALIDATED", counts.invalidated, "faint"], ["ACTIVE", counts.active, "calm"]];
  const ended = over(counts);
  return [
    h("div", { class: "grid" }, h("section", { class: "card w5" }, h("h2", null, "Outcomes"), ended > 0 ? shareBar(all.slice(0, 4).map(([, count, tone]) => ({ count, tone }))) : null,
      table("Trades by status", ["Status", "#Trades", "#Share of all over"], all.map(([status, count]) => [badge(status), h("a", { href: rows(ctx, "status=" + status) }, number(count)),
        status !== "ACTIVE" && ended > 0 ? percent(100 * count / ended) : ""])),
      h("p", { class: "note" }, "Mean confidence: ", known(m.averageConfidenceWinning) ? number(m.averageConfidenceWinning, 1) + " %" : unknown(), " where the target was hit, ",
        known(m.averageConfidenceLosing) ? number(m.averageConfidenceLosing, 1) + " %" : unknown(), " where not.")),
    h("section", { class: "card w7" }, h("h2", null, "By timeframe"), table("Accuracy by timeframe", ["Timeframe", "#Over", "#Hit", "#Accuracy", "95 %", ""], byLength(m.timeframes).map(t => [
      t.timeframe || "none", t.timeframe ? h("a", { href: rows(ctx, OVER + "&timeframe=" + encodeURIComponent(t.timeframe)) }, number(t.trades)) : number(t.trades),
      t.timeframe ? h("a", { href: rows(ctx, "status=HIT&timeframe=" + encodeURIComponent(t.timeframe)) }, number(t.hit)) : number(t.hit), percent(t.accuracy), interval(t.interval) || unknown(),
      t.interval ? intervalBar(t.interval.low, t.accuracy, t.interval.high) : ""]), "No trade is over yet."))),
    card(h("h2", null, "Newest trades"), table("Newest trades", ["Generated", "Status", "Timeframe", "#Entry", "#First target", "#Stop", "#Confidence"], m.recentTrades.map(t => [
      h("a", { href: "#/trade/" + t.id }, time(t.generated_at)), badge(t.status), t.timeframe || unknown(), usd(t.entry_optimal), usd(t.tp1_price), usd(t.stop_loss_price), percent(t.confidence_score, 0)]),
    "No trade yet."), m.recentTrades.length ? h("p", { class: "buttons" }, h("a", { href: rows(ctx, "") }, "All trades")) : null),
    card("Data", h("p", { class: "note" }, "Of the last seven days, as of the last validation. ", h("a", { href: "#/market?days=7" }, "Hour by hour")),
      h("dl", { class: "stats" }, figure("Anomalies", number(m.anomalyCount), null, "#/market?days=7"),
        ...Object.entries(m.apiReliability).map(([source, value]) => figure(bySource[source], percent(value), "of its calls succeeded",
          ctx.user.role === "admin" ? "#/calls?days=7&source=" + encodeURIComponent(bySource[source]) : null))))];
}

const MINUTES = { m: 1, h: 60, d: 1440, w: 10080 };

function byLength(timeframes) {
  const length = t => parseInt(t.timeframe, 10) * (MINUTES[t.timeframe.slice(-1)] || NaN);
  return [...timeframes].sort((a, b) => (length(a) || Infinity) - (length(b) || Infinity) || 0);
}

function drawScore(score) {
  if (!score || !score.trades) {
    return [h("p", { class: "empty" }, "No trade with a stated confidence is over yet.")];
  }
  const filled = score.bins.filter(bin => bin.trades > 0);
  return [h("p", { class: "note" }, "On the dashed line, what is stated is what happens."),
    calibration("Calibration: " + filled.map(bin => "stated " + number(bin.stated, 0) + " percent, came true " + number(bin.cameTrue, 0)).join("; "), score.bins),
    h("p", { class: "note" }, "Brier score " + number(score.brier, 4) + " (lower is better); always saying the base rate gives ", known(score.brierBaseRate) ? number(score.brierBaseRate, 4) : unknown(),
      ". Mean calibration error " + number(score.calibrationError, 1) + " points, n = " + number(score.trades) + "."),
    more("Numbers", table("Calibration by decile", ["Stated from", "#Trades", "#Mean stated", "#Came true"],
      filled.map(bin => [bin.from + " %", number(bin.trades), percent(bin.stated), percent(bin.cameTrue)])))];
}

function drawCurve(days) {
  if (days.length === 0) {
    return h("p", { class: "empty" }, "No trade judged here has ended, and no hour of the market is known yet.");
  }
  const last = days.at(-1);
  return [lines("Profit day by day until " + last.day + ": trades " + dollars(last.total) + ", holding " + (known(last.buyAndHold) ? dollars(last.buyAndHold) : "not known"),
    days.map(day => day.day), [{ name: "Trades", values: days.map(day => day.total), colour: "accent", stepped: true },
      { name: "Buy and hold", values: days.map(day => day.buyAndHold), colour: "calm", dash: [6, 4] }], dollars),
  more("Numbers", table("Profit by day", ["Day (UTC)", "#Trades ended", "#Profit", "#Total", "#Price", "#Holding"],
    days.slice(-120).reverse().map(day => [date(day.day), number(day.trades), gain(day.profit), gain(day.total), usd(day.price), gain(day.buyAndHold)])),
  days.length > 120 ? h("p", { class: "note" }, "The newest 120 days of " + number(days.length) + ".") : null)];
}
