// Trades by filter, page by page; and a new one on demand.
import { action, badge, card, h, number, percent, show as put, table, time, unknown, usd } from "./dom.js";
import { get, send } from "./api.js";

export const title = "Trades";

const STATUSES = ["ACTIVE", "HIT", "NOT_HIT", "EXPIRED", "INVALIDATED"];
const OVER = "HIT,NOT_HIT,EXPIRED,INVALIDATED";
const FIELDS = ["owner", "status", "timeframe", "from", "to"];

export function show(root, ctx) {
  const admin = ctx.user.role === "admin";
  const query = new URLSearchParams();
  FIELDS.filter(name => ctx.query.get(name)).forEach(name => query.set(name, ctx.query.get(name)));
  // An admin looks at everybody's unless asked otherwise.
  if (admin && !query.has("owner")) {
    query.set("owner", "all");
  }
  const list = h("div", { id: "trades" });
  root.append(h("div", { class: "head" }, h("div", null, h("h1", null, "Trades"), h("p", null, admin ? "Newest first; everybody's, or your own." : "Yours, newest first.")),
    h("div", { class: "controls" }, action("New signal", ctx, async () => {
      const made = await send("POST", "generate-btc-trade");
      ctx.go("#/trade/" + made.trade.id);
      return "A signal was made from the market as it is now.";
    }))), card(h("h2", { class: "sr" }, "Filters"), filters(ctx, query)), card(h("h2", { class: "sr" }, "Found"), list));
  ctx.fill(list, signal => get("trades?limit=50&" + query, signal), page => drawn(page, query, ctx));
}

function filters(ctx, query) {
  const choice = (name, label, words) => h("label", { class: "half" }, label, h("select", { name }, words.map(([value, text]) =>
    h("option", { value, selected: (query.get(name) || "") === value }, text))));
  const day = (name, label) => h("label", { class: "half" }, label, h("input", { type: "date", name, value: (query.get(name) || "").slice(0, 10) }));
  const form = h("form", { class: "filters" },
    ctx.user.role === "admin" ? choice("owner", "Whose", [["all", "Everybody's"], ["me", "Mine"]]) : null,
    choice("status", "Status", [["", "Any"], [OVER, "Any that is over"], ...STATUSES.map(word => [word, word.replace("_", " ")])]),
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
    ctx.go("#/trades?" + wanted.toString().replaceAll("%2C", ","));
  });
  return form;
}

const HEADS = ["Generated", "Status", "Side", "Timeframe", "#Entry", "#First target", "#Stop", "#Confidence", "#Data quality"];

const replayed = trade => trade.crossAPIProof.some(proof => proof.replayed);

function row(trade) {
  return [h("a", { href: "#/trade/" + trade.id }, time(trade.generatedAt)), h("span", null, badge(trade.status), replayed(trade) ? [" ", badge("REPLAYED")] : null), trade.direction || unknown(),
    trade.timeframe || unknown(), usd(trade.entryZone.optimal), usd(trade.targets.tp1.price), usd(trade.stopLoss.price), percent(trade.confidence, 0), percent(trade.dataQualityScore, 0)];
}

function drawn(page, query, ctx) {
  const found = [...page.trades];
  const place = h("div");
  const filtered = FIELDS.some(name => name !== "owner" && query.get(name));
  let next = page.next;
  const draw = () => put(place, [
    table("Trades, newest first", HEADS, found.map(row), filtered ? "No trade fits this filter." : "No trade yet. “New signal” makes one from the market as it is now, at most one a minute."),
    found.length ? h("p", { class: "note" }, number(found.length) + (next ? " shown; there are more." : " shown; that is all.")) : null]);
  const more = h("button", { type: "button", class: "quiet", hidden: !next, onclick: async () => {
    more.disabled = true;
    try {
      const after = await get("trades?limit=50&" + query + "&cursor=" + encodeURIComponent(next), ctx.signal);
      found.push(...after.trades);
      next = after.next;
      draw();
      more.hidden = !next;
    } catch (failure) {
      ctx.say(failure.message, true);
    }
    more.disabled = false;
  } }, "Show more");
  draw();
  return [place, more];
}
