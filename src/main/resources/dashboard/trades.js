// Trades by filter, page by page.
import { badge, card, h, percent, table, time, unknown, usd } from "./dom.js";
import { get } from "./api.js";

export const title = "Trades";

const STATUSES = ["ACTIVE", "HIT", "NOT_HIT", "EXPIRED", "INVALIDATED"];
const FIELDS = ["owner", "status", "timeframe", "from", "to"];

export function show(root, ctx) {
  const query = new URLSearchParams();
  FIELDS.filter(name => ctx.query.get(name)).forEach(name => query.set(name, ctx.query.get(name)));
  const list = h("div", { id: "trades" });
  root.append(h("h1", null, "Trades"), card(h("h2", { class: "sr" }, "Filters"), filters(ctx, query)), card(h("h2", { class: "sr" }, "Found"), list));
  ctx.fill(list, signal => get("trades?limit=50&" + query, signal), page => drawn(page, query, ctx));
}

function filters(ctx, query) {
  const choice = (name, label, words) => h("label", null, label, h("select", { name }, words.map(([value, text]) =>
    h("option", { value, selected: (query.get(name) || "") === value }, text))));
  const day = (name, label) => h("label", null, label, h("input", { type: "date", name, value: (query.get(name) || "").slice(0, 10) }));
  const form = h("form", { class: "filters" },
    ctx.user.role === "admin" ? choice("owner", "Whose", [["", "Mine"], ["all", "Everybody's"]]) : null,
    choice("status", "Status", [["", "Any"], ...STATUSES.map(word => [word, word.replace("_", " ")])]),
    choice("timeframe", "Timeframe", [["", "Any"], ...["15m", "1h", "4h", "1d", "1w"].map(word => [word, word])]),
    day("from", "From (UTC)"), day("to", "Before (UTC)"),
    h("button", { type: "submit" }, "Show"));
  form.addEventListener("submit", event => {
    event.preventDefault();
    const wanted = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value) {
        wanted.set(name, name === "from" || name === "to" ? value + "T00:00:00Z" : value);
      }
    }
    ctx.go("#/trades?" + wanted);
  });
  return form;
}

const HEADS = ["Generated", "Status", "Side", "Timeframe", "#Entry", "#First target", "#Stop", "#Confidence", "#Data quality"];

function row(trade) {
  return [h("a", { href: "#/trade/" + trade.id }, time(trade.generatedAt)), badge(trade.status), trade.direction || unknown(), trade.timeframe || unknown(), usd(trade.entryZone.optimal),
    usd(trade.targets.tp1.price), usd(trade.stopLoss.price), percent(trade.confidence, 0), percent(trade.dataQualityScore, 0)];
}

function drawn(page, query, ctx) {
  const found = [...page.trades];
  const place = h("div");
  let next = page.next;
  const draw = () => place.replaceChildren(
    table("Trades, newest first", HEADS, found.map(row), query.toString() ? "No trade fits this filter." : "No trade yet. One is made by POST /api/quantum/generate-btc-trade, once a minute."),
    h("p", { class: "note" }, found.length + (next ? " shown; there are more." : " shown; that is all.")));
  const more = h("button", { type: "button", class: "quiet", hidden: !next, onclick: async () => {
    more.disabled = true;
    try {
      const after = await get("trades?limit=50&" + query + "&cursor=" + encodeURIComponent(next), ctx.signal);
      found.push(...after.trades);
      next = after.next;
      draw();
      more.hidden = !next;
    } catch (failure) {
      ctx.say(failure.message);
    }
    more.disabled = false;
  } }, "Show more");
  draw();
  return [place, more];
}
