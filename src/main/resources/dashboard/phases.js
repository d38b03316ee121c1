// Where the deployment stands in the five phases of the move, and what is next.
import { h } from "./dom.js";

export const title = "Phases";
export const admin = true;

export function show(root) {
  root.append(h("h1", null, "Phases"));
}
