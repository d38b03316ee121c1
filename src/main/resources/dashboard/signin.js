// Signed out: a token is asked for.
import { h } from "./dom.js";
import { get, token } from "./api.js";

export const title = "Sign in";

export function show(root, { done, why }) {
  const problem = h("p", { class: "problem", role: "alert", hidden: !why }, why || "");
  const input = h("textarea", { id: "token", name: "token", rows: "4", required: true, autocomplete: "off", spellcheck: "false", "aria-describedby": "token-note" });
  const button = h("button", { type: "submit" }, "Sign in");
  const enter = async event => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    token.set(input.value.trim().replace(/^(Bearer\s+|[A-Z_]*TOKEN=)/, ""));
    try {
      done(await get("me"));
    } catch (failure) {
      token.set(null);
      problem.textContent = failure.status === 401 ? "This token is not accepted: it is wrong or has run out." : failure.message;
      problem.hidden = false;
      button.disabled = false;
      input.focus();
    }
  };
  root.append(h("section", { class: "card signin" }, h("h1", null, "Sign in"), problem,
    h("form", { onsubmit: enter }, h("label", { for: "token" }, "Access token (JWT)"), input,
      h("p", { id: "token-note", class: "note" }, "The demo prints one. It is kept in this tab alone and goes only to this server. Signed in by cookie elsewhere on this host, you need none."),
      button)));
}
