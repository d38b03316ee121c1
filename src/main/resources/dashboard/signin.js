// Signed out: a token is asked for, or the cookie is used that the browser has.
import { h } from "./dom.js";
import { cookie, get, token } from "./api.js";

export const title = "Sign in";

export function show(root, { done, why }) {
  const problem = h("p", { class: "problem", role: "alert", hidden: !why }, why || "");
  const input = h("textarea", { id: "token", name: "token", rows: "4", required: true, autocomplete: "off", spellcheck: "false", autocapitalize: "off", "aria-describedby": "token-note" });
  const button = h("button", { type: "submit" }, "Sign in");
  const enter = async (event, given) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    token.set(given);
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
  root.append(h("section", { class: "card signin" },
    h("div", { class: "mark" }, h("img", { src: "/ui/icon.svg", alt: "", width: "48", height: "48" }), h("div", null, h("h1", null, "Sign in"), h("p", null, "Bitcoin trade signals, and how well they really do"))),
    problem,
    h("form", { onsubmit: event => enter(event, input.value.trim().replace(/^(Bearer\s+|[A-Z_]*TOKEN=)/, "")) }, h("label", { for: "token" }, "Access token (JWT)"), input,
      h("p", { id: "token-note", class: "note" }, "The demo prints one. It is kept in this tab alone and goes only to this server."),
      h("div", { class: "buttons" }, button,
        cookie.there ? h("button", { type: "button", class: "quiet", onclick: event => enter(event, null) }, "Use the cookie of this browser") : null))));
}
