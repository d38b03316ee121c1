// Which view is shown, who looks, and what everybody must know: suspension, maintenance, replayed data.
import { h, show, time } from "./dom.js";
import { ApiError, cookie, get, token } from "./api.js";
import * as signin from "./signin.js";
import * as performance from "./performance.js";
import * as trades from "./trades.js";
import * as trade from "./trade.js";
import * as market from "./market.js";
import * as calls from "./calls.js";
import * as migration from "./migration.js";
import * as rollout from "./rollout.js";
import * as phases from "./phases.js";
import * as alerts from "./alerts.js";

const VIEWS = { performance, trades, trade, market, calls, migration, rollout, phases, alerts };
const LISTED = ["performance", "trades", "market", "migration", "rollout", "phases", "alerts"];
/** Views that are not listed, by the listed one they are reached from. */
const WITHIN = { trade: "trades", calls: "market" };
const STATUS_EVERY_MS = 30000;

const place = document.getElementById("view");
let user = null;
let leaving = new AbortController();

/** What a view gets: who looks, its part of the address, and how to repeat, say and fail. */
function context(rest, query, signal) {
  return {
    user, rest, query, signal,
    go: hash => { location.hash = hash; },
    say,
    /** Repeats until the view is left; a failure is shown by what failed and does not end it. */
    every(ms, task) {
      const again = async () => {
        if (!document.hidden) {
          await task();
        }
        if (!signal.aborted) {
          setTimeout(again, ms);
        }
      };
      return again();
    },
    /** Fills a place with what an endpoint gives: first the loading state, then the content or what went wrong. Again, it changes what is there. */
    async fill(target, ask, draw) {
      if (!target.firstChild) {
        target.append(h("p", { class: "loading" }, "Loading…"));
      }
      try {
        const made = draw(await ask(signal));
        if (!signal.aborted) {
          show(target, made);
        }
      } catch (failure) {
        if (!(failure instanceof ApiError)) {
          if (failure.name === "AbortError") {
            return;
          }
          throw failure;
        }
        if (!signal.aborted && failure.status !== 401) {
          target.replaceChildren(h("div", { class: "problem", role: "alert" }, h("p", null, failure.message),
            h("button", { type: "button", class: "quiet", onclick: () => { target.replaceChildren(); this.fill(target, ask, draw); } }, "Try again")));
        }
      }
    },
  };
}

let sayTimer;
function say(text, bad) {
  const said = document.getElementById("said");
  said.className = bad ? "toast bad" : "toast";
  said.textContent = text;
  said.hidden = false;
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => { said.hidden = true; }, 8000);
}

function route() {
  leaving.abort();
  leaving = new AbortController();
  const [path, search] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = (path || "performance").split("/");
  const view = VIEWS[name];
  place.replaceChildren();
  const nav = document.getElementById("nav");
  nav.querySelectorAll("a").forEach(link => {
    const here = link.getAttribute("href") === "#/" + (WITHIN[name] || name);
    here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    if (here) {
      nav.scrollLeft = link.offsetLeft - nav.offsetLeft - 40;
    }
  });
  if (!view) {
    document.title = "Not found · Quantum BTC";
    place.append(h("section", { class: "card signin" }, h("h1", null, "Not found"), h("p", null, "There is no such view. ", h("a", { href: "#/performance" }, "Go to the performance"))));
  } else if (view.admin && user.role !== "admin") {
    document.title = view.title + " · Quantum BTC";
    place.append(h("section", { class: "card signin" }, h("h1", null, view.title), h("p", null, "This needs the role admin. ", h("a", { href: "#/performance" }, "Go to the performance"))));
  } else {
    document.title = view.title + " · Quantum BTC";
    view.show(place, context(rest.map(decodeURIComponent), new URLSearchParams(search), leaving.signal));
  }
}

function signedIn(me) {
  user = me;
  const nav = document.getElementById("nav");
  nav.replaceChildren(...LISTED.filter(name => !VIEWS[name].admin || me.role === "admin")
    .map(name => h("a", { href: "#/" + name }, VIEWS[name].title)));
  nav.hidden = false;
  const who = document.getElementById("who");
  who.textContent = (me.role === "admin" ? "Admin " : "User ") + me.userId.slice(0, 8);
  who.title = me.userId;
  who.hidden = false;
  document.getElementById("sign-out").hidden = false;
  route();
}

function signedOut(why) {
  leaving.abort();
  leaving = new AbortController();
  user = null;
  token.set(null);
  for (const id of ["nav", "who", "sign-out"]) {
    document.getElementById(id).hidden = true;
  }
  document.title = "Sign in · Quantum BTC";
  document.getElementById("said").hidden = true;
  place.replaceChildren();
  signin.show(place, { why, done: me => { cookie.use(); signedIn(me); place.focus(); } });
}

async function showStatus() {
  const banners = document.getElementById("banners");
  const found = [];
  try {
    const status = await get("status");
    if (status.problem) {
      found.push(h("p", { class: "banner bad" }, h("strong", null, status.problem), " What is shown may be old."));
    }
    if (status.suspended) {
      found.push(h("p", { class: "banner bad" }, h("strong", null, "Generation is suspended. "), status.suspended.reason + " Until ", time(status.suspended.until)));
    }
    if (status.maintenance) {
      const plan = status.maintenance;
      found.push(h("p", { class: "banner warn" }, h("strong", null, plan.underWay ? "Maintenance is under way: " : "Maintenance is planned: "), plan.what + ", ",
        time(plan.from), " to ", time(plan.until)));
    }
    if (status.replayed) {
      found.push(h("p", { class: "banner dim" }, h("strong", null, "Replayed data. "), "Market prices shown here are a replay of old ones, not the market."));
    }
  } catch (failure) {
    found.push(h("p", { class: "banner bad" }, failure.message));
  }
  // Written only when it changed, so that a screen reader is not told the same again.
  const text = found.map(banner => banner.textContent).join("|");
  if (banners.dataset.text !== text) {
    banners.dataset.text = text;
    banners.replaceChildren(...found);
  }
}

function theme(wanted) {
  const light = wanted ? wanted === "light" : matchMedia("(prefers-color-scheme: light)").matches;
  document.documentElement.dataset.theme = light ? "light" : "dark";
  const button = document.getElementById("theme");
  button.textContent = light ? "Dark" : "Light";
  button.setAttribute("aria-label", light ? "Use dark colours" : "Use light colours");
}

document.getElementById("theme").addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "light" ? "dark" : "light";
  localStorage.setItem("quantum-btc-theme", next);
  theme(next);
  document.dispatchEvent(new CustomEvent("theme"));
});
document.getElementById("sign-out").addEventListener("click", () => {
  // Only who set the cookie can take it away; this tab no longer uses it.
  cookie.leave();
  signedOut(cookie.there && !token.get() ? "Signed out in this tab. The browser still has the cookie of where you signed in: sign out there, too." : "");
});
document.addEventListener("signed-out", () => user && signedOut("You were signed out: the token has run out or is no longer accepted."));
window.addEventListener("hashchange", () => { if (user) { route(); place.focus(); window.scrollTo(0, 0); } });

theme(localStorage.getItem("quantum-btc-theme"));
// Who never chose goes with the system, when that changes, too.
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
  theme(localStorage.getItem("quantum-btc-theme"));
  document.dispatchEvent(new CustomEvent("theme"));
});
showStatus();
setInterval(() => document.hidden || showStatus(), STATUS_EVERY_MS);
if (token.get() || cookie.used()) {
  get("me").then(signedIn, failure => signedOut(failure.status === 401 ? "You were signed out: the token has run out or is no longer accepted." : failure.message));
} else {
  signedOut("");
}
