// Which system serves which user, and what speaks against more.
import { badge, card, figure, h, known, number, percent, table, time, unknown } from "./dom.js";
import { get, send } from "./api.js";
import { action } from "./migration.js";

export const title = "Rollout";
export const admin = true;

const AGAIN_MS = 15000;

export function show(root, ctx) {
  const now = h("div", { id: "now" });
  const change = h("div", { id: "change" });
  const history = h("div", { id: "history" });
  root.append(h("h1", null, "Rollout"), card("Now", now), card("Change", change), card("One user", oneUser(ctx, () => refresh())), card("History", history));
  const drawHistory = () => ctx.fill(history, signal => get("rollout/history", signal), answer => drawChanges(answer.changes));
  const drawNow = () => ctx.fill(now, signal => get("rollout", signal), status => drawStatus(status));
  const refresh = () => Promise.all([drawNow(), drawHistory()]);
  ctx.fill(change, signal => get("rollout", signal), status => slider(status, ctx, refresh));
  drawHistory();
  ctx.every(AGAIN_MS, drawNow);
}

function drawStatus(status) {
  return [h("dl", { class: "stats" }, figure("On Quantum", percent(status.percent, 0), [number(status.usersOnQuantum), " of ", number(status.users), " users"]),
    figure("Set by hand", number(status.overrides), "users"), figure("Since", time(status.changedAt)),
    figure("May go up", status.mayMoveUp ? "yes" : "no", status.mayMoveUp ? "every gate is met" : "a gate is not met")),
  table("Gates", ["Gate", "#Now", "#Limit", ""], status.gates.map(gate => [gate.name, known(gate.value) ? [number(gate.value, 1), " ", gate.unit] : unknown("Not measured"),
    [number(gate.limit), " ", gate.unit], gate.ok ? badge("OK") : badge("BLOCKED")]))];
}

function slider(status, ctx, refresh) {
  const shown = h("output", { for: "percent" }, status.percent + " %");
  const input = h("input", { type: "range", id: "percent", min: "0", max: "100", step: "1", value: status.percent, oninput: () => { shown.textContent = input.value + " %"; } });
  const why = h("input", { type: "text", id: "why", maxlength: "1000", placeholder: "Only to pass over a gate" });
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
  return [h("p", { class: "note" }, "A user who is served by Quantum at 25 % is so at 50 % and 100 %. Down is always allowed."),
    h("div", { class: "slider" }, h("label", { for: "percent" }, "Users on Quantum"), input, shown),
    h("p", { class: "buttons" }, status.stages.map(stage => h("button", { type: "button", class: "quiet", onclick: () => { input.value = stage; shown.textContent = stage + " %"; } }, stage + " %"))),
    h("p", null, h("label", { for: "why" }, "Reason "), why), problem, action("Set", ctx, set)];
}

function oneUser(ctx, refresh) {
  const id = h("input", { type: "text", id: "user", required: true, spellcheck: "false", size: "38" });
  const system = h("select", { id: "system" }, [["auto", "by the percentage"], ["quantum", "Quantum"], ["atge", "ATGE"]].map(([value, text]) => h("option", { value }, text)));
  return h("div", { class: "filters" }, h("label", { for: "user" }, "User id ", id), h("label", { for: "system" }, "served by ", system),
    action("Save", ctx, async () => {
      const answer = await send("PUT", "rollout/users/" + encodeURIComponent(id.value.trim()), { system: system.value });
      await refresh();
      return answer.userId + " is served by " + answer.system + ".";
    }));
}

function drawChanges(changes) {
  return table("Changes, newest first", ["At", "What", "From", "To", "Outcome", "By", "Why"], changes.map(change => [time(change.changedAt), change.subject, change.oldValue ?? "", change.newValue, badge(change.outcome),
    change.changedBy, [change.why, ...change.gates].filter(known).join("; ")]), "It was never changed.");
}
