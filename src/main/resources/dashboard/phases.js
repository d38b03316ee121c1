// Where the deployment stands in the five phases of the move, what is next, and what blocks it.
import { badge, card, h } from "./dom.js";
import { get } from "./api.js";

export const title = "Phases";
export const admin = true;

const AGAIN_MS = 15000;

export function show(root, ctx) {
  const place = h("div", { id: "phases" });
  root.append(h("div", { class: "head" }, h("div", null, h("h1", null, "Phases"), h("p", null, "The move from ATGE to Quantum BTC, step by step, and the way back."))), place);
  ctx.every(AGAIN_MS, () => ctx.fill(place, signal => get("phases", signal), draw));
}

function draw(overview) {
  return [h("ol", { class: "path", "aria-label": "The five phases" }, overview.phases.map(phase => h("li", { class: phase.state, "aria-current": !overview.complete && phase.number === overview.phase ? "step" : null },
    h("strong", null, phase.number + ". " + phase.name), badge(phase.state)))),
  card(overview.complete ? "The move is complete" : "Phase " + overview.phase + " of 5", h("p", null, overview.says),
    overview.next ? h("p", null, "Next: ", h("code", null, overview.next)) : null,
    overview.blockers.length ? h("div", { class: "problem" }, overview.blockers.map(blocker => h("p", null, blocker))) : null,
    overview.wayBack ? h("p", { class: "note" }, overview.wayBack) : null),
  ...overview.phases.map(phase => card(h("h2", null, phase.number + ". " + phase.name + " ", badge(phase.state)), h("ul", { class: "steps" }, phase.steps.map(drawStep))))];
}

function drawStep(step) {
  return h("li", null, h("div", null, badge(step.state)), h("div", null, h("p", null, h("strong", null, step.name), step.optional ? " (optional)" : null), h("p", { class: "note" }, step.evidence),
    step.command ? h("p", null, h("code", null, step.command)) : null, step.blockers.map(blocker => h("p", { class: "problem" }, blocker))));
}
