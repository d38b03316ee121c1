// Which system serves which user, and what speaks against more.
import { action, badge, card, figure, h, known, number, percent, table, time, unknown } from "./dom.js";
import { get, send } from "./api.js";

export const title = "Rollout";
export const admin = true;

const AGAIN_MS = 15000;
const UNITS = { percent: "%", seconds: "s" };

export function show(root, ctx) {
  const now = h("div", { id: "now" });
  const change = h("div", { id: "change" });
  const history = h("div", { id: "history" });
  const drawHistory = () => ctx.fill(history, signal => get("rollout/history", signal), answer => drawChanges(answer.changes));
  const drawNow = () => ctx.fill(now, signal => get("rollout", signal), status => drawStatus(status));
  const refresh = () => Promise.all([drawNow(), drawHistory()]);
  root.append(h("div", { class: "head" }, h("div", null, h("h1", null, "Rollout"), h("p", null, "Which system serves which user. A user whom Quantum serves at 25 % is served by it at 50 % and 100 %, too."))),
    now, h("div", { class: "grid" }, h("section", { class: "card w7" }, h("h2", null, "Change"), change), h("section", { class: "card w5" }, h("h2", null, "One user"), oneUser(ctx, refresh))), card("History", history));
  ctx.fill(change, signal => get("rollout", signal), status => slider(status, ctx, refresh));
  drawHistory();
  ctx.every(AGAIN_MS, drawNow);
}

function measured(gate, value) {
  return [number(value, Number.isInteger(value) ? 0 : 1), "\u00a0", UNITS[gate.unit] || gate.unit];
}

function drawStatus(status) {
  return [h("dl", { class: "stats" }, figure("On Quantum", percent(status.percent, 0), [number(status.usersOnQuantum), " of ", number(status.users), " users"]),
    figure("Set by hand", number(status.overrides), "users"), figure("Since", time(status.changedAt), "the last change of the percentage"),
    figure("May go up", status.mayMoveUp ? "yes" : "no", status.mayMoveUp ? "every gate is met" : status.gates.filter(gate => !gate.ok).length + " of " + status.gates.length + " gates are not met")),
  card("Gates", h("p", { class: "note" }, "More users are served only while every gate is met; down is always allowed. What is not measured is not met."),
    table("Gates", ["Gate", "#Now", "#Needed", ""], status.gates.map(gate => [gate.name, known(gate.value) ? measured(gate, gate.value) : unknown("not measured"),
      [gate.says.includes("at least") ? "at least " : "at most ", measured(gate, gate.limit)], badge(gate.ok ? "OK" : "BLOCKED")])))];
}

function slider(status, ctx, refresh) {
  const shown = h("output", { for: "percent" }, status.percent + " %");
  const input = h("input", { type: "range", id: "percent", min: "0", max: "100", step: "1", value: status.percent, oninput: () => { shown.textContent = input.value + " %"; } });
  const why = h("input", { type: "text", id: "why", maxlength: "1000", size: "40", "aria-describedby": "why-note" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const set = async () => {
    problem.hidden = true;
    try {
      const answer = await send("PUT", "rollout", why.value.trim() ? { percent: Number(input.value), why: why.value.trim() } : { percent: Number(input.value) });
      why.value = "";
      await refresh();
      return "Quantum serves " + answer.percent + " % of the users.";
    } catch (failure) {
      problem.textContent = failure.message;
      problem.hidden = false;
      await refresh();
      throw failure;
    }
  };
  return [h("div", { class: "slider" }, h("label", { for: "percent" }, "Users on Quantum"), input, shown),
    h("p", { class: "buttons" }, [0, ...status.stages].map(stage => h("button", { type: "button", class: "quiet", onclick: () => { input.value = stage; shown.textContent = stage + " %"; } }, stage + " %"))),
    h("div", { class: "filters" }, h("label", { for: "why", class: "wide" }, "Reason", why), action("Set", ctx, set)),
    h("p", { id: "why-note", class: "note" }, "Only needed to pass over a gate that is not met. It is kept in the history."), problem];
}

function oneUser(ctx, refresh) {
  const id = h("input", { type: "text", id: "user", required: true, spellcheck: "false", size: "36" });
  const system = h("select", { id: "system" }, [["auto", "by the percentage"], ["quantum", "Quantum"], ["atge", "ATGE"]].map(([value, text]) => h("option", { value }, text)));
  return h("div", { class: "filters" }, h("label", { for: "user", class: "wide" }, "User id", id), h("label", { for: "system" }, "served by", system),
    action("Save", ctx, async () => {
      const answer = await send("PUT", "rollout/users/" + encodeURIComponent(id.value.trim()), { system: system.value });
      await refresh();
      return answer.userId + " is served by " + answer.system + ".";
    }));
}

const subject = word => word === "percent" ? "percentage" : h("span", null, "user ", h("code", null, word.replace(/^user /, "")));

function drawChanges(changes) {
  return table("Changes, newest first", ["At", "What", "#From", "#To", "Outcome", "By", "Why"], changes.map(change => [time(change.changedAt), subject(change.subject), change.oldValue ?? "", change.newValue, badge(change.outcome),
    h("code", { class: "short", title: change.changedBy }, change.changedBy.length === 36 ? change.changedBy.slice(0, 8) + "…" : change.changedBy), [change.why, ...change.gates].filter(known).join("; ")]), "It was never changed.");
}
