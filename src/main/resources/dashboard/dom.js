// Elements, and values as people read them. Text only ever becomes text, never markup.

const HANDLERS = ["onclick", "oninput", "onchange", "onsubmit"];

/** Makes an element: attributes by name, on… as handlers; children as text or elements, null ones left out. */
export function h(name, attributes, ...children) {
  return fitted(document.createElement(name), attributes, children);
}

const svg = (name, attributes, ...children) => fitted(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function fitted(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      made[key] = value;
    } else {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.flat(2).filter(child => child !== null && child !== undefined));
  return made;
}

/**
 * Makes what a place shows equal to new elements and keeps those that are there, so that a focus, an open part or a click
 * under way outlives the change.
 */
export function show(place, made) {
  const wanted = [made].flat(2).filter(part => part);
  wanted.forEach((part, i) => place.childNodes[i] ? morph(place.childNodes[i], part) : place.append(part));
  while (place.childNodes.length > wanted.length) {
    place.lastChild.remove();
  }
}

function morph(old, made) {
  if (old.nodeType === Node.TEXT_NODE && made.nodeType === Node.TEXT_NODE) {
    if (old.data !== made.data) {
      old.data = made.data;
    }
    return;
  }
  // A drawn picture belongs to its element, and what was typed to its field.
  if (old.nodeName !== made.nodeName || old.nodeType !== Node.ELEMENT_NODE || made.matches(".chart, .scroll, form")
      && !(made.matches(".scroll") && old.matches(".scroll"))) {
    old.replaceWith(made);
    return;
  }
  const busy = old.getAttribute("aria-busy") === "true";
  for (const { name } of [...old.attributes]) {
    // Opened by hand, or made reachable because it scrolls: that is the old one's own.
    if (!made.hasAttribute(name) && name !== "open" && !(busy && ["disabled", "aria-busy"].includes(name)) && !(old.matches(".scroll") && name !== "class")) {
      old.removeAttribute(name);
    }
  }
  for (const { name, value } of made.attributes) {
    if (old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
  }
  HANDLERS.forEach(name => { old[name] = made[name]; });
  show(old, [...made.childNodes]);
}

/** What is not known is said so; it is never shown as a number. */
export function unknown(why) {
  return h("span", { class: "unknown", title: why || "Not known" }, h("span", { "aria-hidden": "true" }, "—"), h("span", { class: "sr" }, why || "not known"));
}

export const known = value => value !== null && value !== undefined;

const style = options => new Intl.NumberFormat("en-US", options);
const whole = style({ maximumFractionDigits: 0 });
const exact = new Map();

export function number(value, digits = 0) {
  if (!known(value)) {
    return unknown();
  }
  if (!exact.has(digits)) {
    exact.set(digits, style({ minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return exact.get(digits).format(value).replace("-", "−");
}

export const percent = (value, digits = 1) => known(value) ? number(value, digits) + "\u00a0%" : unknown();

/** A price or an amount in USD. */
export function usd(value, digits = 2) {
  return known(value) ? (value < 0 ? "−$" : "$") + number(Math.abs(value), digits) : unknown();
}

const signed = (value, text) => h("span", { class: value < 0 ? "loss" : value > 0 ? "gain" : null }, (value < 0 ? "−" : value > 0 ? "+" : "") + text);

/** An amount won or lost: its sign is a sign too, not only a colour. */
export const gain = value => known(value) ? signed(value, "$" + number(Math.abs(value), 2)) : unknown();

/** A change in percent, in the same way. */
export const change = value => known(value) ? signed(value, number(Math.abs(value), 2) + " %") : unknown();

const day = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
const minute = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

export function time(text) {
  return known(text) ? h("time", { datetime: text, title: text.replace("T", " ").replace(/\.\d+/, "").replace("Z", " UTC") }, minute.format(new Date(text))) : unknown();
}

/** A UTC day, such as 2026-01-31. */
export const date = text => day.format(new Date(text + "T00:00:00Z"));

/** Seconds as people say them. */
export function span(seconds) {
  if (!known(seconds)) {
    return unknown();
  }
  const s = Math.round(seconds);
  return s < 60 ? s + " s" : s < 3600 ? Math.floor(s / 60) + " min " + s % 60 + " s" : s < 172800 ? Math.floor(s / 3600) + " h " + Math.floor(s % 3600 / 60) + " min"
    : Math.floor(s / 86400) + " days";
}

export function plural(count, one, many) {
  return whole.format(count) + " " + (count === 1 ? one : many);
}

const TONES = { ACTIVE: "calm", HIT: "good", NOT_HIT: "bad", EXPIRED: "dim", INVALIDATED: "dim", STARTED: "calm", COMPLETED: "good", RUNNING: "calm",
  PAUSED: "warn", FAILED: "bad", CANCELLED: "warn", CRITICAL: "bad", FATAL: "bad", ERROR: "bad", WARNING: "warn", INFO: "calm", ON: "good", OK: "good", UP: "good",
  OFF: "dim", DOWN: "bad", BROKEN: "bad", CLEAN: "good", DIFFERS: "bad", OPEN_QUARANTINE: "warn", OPEN_CONFLICTS: "warn", REFUSED: "bad", REPLAYED: "warn",
  CHANGED: "good", OVERRIDDEN: "warn", STEPPED_BACK: "warn", OPEN: "warn", RESOLVED: "good", UNDER_WAY: "warn", PLANNED: "calm", OVER: "dim",
  DONE: "good", NEXT: "calm", BLOCKED: "bad" };

/** A status word as a badge. */
export function badge(word) {
  return known(word) ? h("span", { class: "badge " + (TONES[word] || "dim") }, word.replaceAll("_", " ")) : unknown();
}

/** What is a sentence gets the whole width of a block. */
function long(cell) {
  cell.classList.toggle("wide", cell.textContent.length > 32 && !cell.querySelector("details, code"));
  return cell;
}

/** Only what really scrolls is a stop of the keyboard, and named for those who land there. */
const scrolling = new ResizeObserver(entries => entries.forEach(({ target }) => {
  const wide = target.scrollWidth > target.clientWidth;
  for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", target.querySelector("caption").textContent]]) {
    wide ? target.setAttribute(name, value) : target.removeAttribute(name);
  }
}));

/**
 * A table whose cells are texts or elements. A head with # is a column of figures. One of many columns shows each row as a
 * block of named values where the page is narrow; one of few scrolls there.
 */
export function table(caption, heads, rows, empty) {
  if (rows.length === 0) {
    return h("p", { class: "empty" }, empty || "Nothing here.");
  }
  const names = heads.map(head => head.replace("#", ""));
  const figures = heads.map(head => head.startsWith("#") ? "figure" : null);
  const cells = names.map((name, i) => h("th", { scope: "col", role: "columnheader", class: figures[i] }, name || h("span", { class: "sr" }, "More")));
  const body = rows.map(row => h("tr", { role: "row" }, row.map((cell, i) => long(h("td", { role: "cell", class: figures[i], "data-head": names[i] }, cell)))));
  const made = h("div", { class: heads.length > 4 ? "scroll stack" : "scroll" }, h("table", { role: "table" }, h("caption", { class: "sr" }, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, cells)), h("tbody", { role: "rowgroup" }, body)));
  scrolling.observe(made);
  return made;
}

export function card(title, ...content) {
  return h("section", { class: "card" }, typeof title === "string" ? h("h2", null, title) : title, ...content);
}

/** A figure with its name, and where it comes from. */
export function figure(name, value, note, href) {
  return h("div", { class: "stat" }, h("dt", null, name),
    h("dd", null, href ? h("a", { href, class: "value" }, value) : h("span", { class: "value" }, value), note ? h("small", null, note) : null));
}

/** More to read for who wants it. */
export const more = (name, ...content) => h("details", null, h("summary", null, name), ...content);

/** A button that does one thing at a time and says what came of it. */
export function action(label, ctx, task, quiet) {
  return h("button", { type: "button", class: quiet ? "quiet" : null, onclick: async event => {
    const button = event.currentTarget;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    try {
      ctx.say(await task());
    } catch (failure) {
      if (failure.name !== "AbortError") {
        ctx.say(failure.message, true);
      }
    }
    button.removeAttribute("aria-busy");
    button.disabled = false;
  } }, label);
}

/** A range of 0 to 100 % with its middle, as a picture; the words beside it say the same. */
export function intervalBar(low, middle, high) {
  return svg("svg", { viewBox: "0 0 100 8", class: "interval", "aria-hidden": "true", preserveAspectRatio: "none" },
    svg("rect", { x: 0, y: 3, width: 100, height: 2, class: "track" }), svg("rect", { x: low, y: 1.5, width: Math.max(0.6, high - low), height: 5, class: "range" }),
    svg("rect", { x: middle - 0.5, y: 0, width: 1, height: 8, class: "middle" }));
}

/** Shares of a whole, side by side; the table below it has the numbers. */
export function shareBar(parts) {
  const all = parts.reduce((sum, part) => sum + part.count, 0);
  let at = 0;
  return svg("svg", { viewBox: "0 0 100 8", class: "shares", "aria-hidden": "true", preserveAspectRatio: "none" }, parts.filter(part => part.count > 0).map(part => {
    const made = svg("rect", { x: 100 * at / all, y: 0, width: 100 * part.count / all, height: 8, class: part.tone });
    at += part.count;
    return made;
  }));
}

/** One bar a span of time, as high as its value of 0 to 100; no bar where nothing is known. */
export function strip(values, label) {
  const width = 300 / values.length;
  return svg("svg", { viewBox: "0 0 300 24", class: "strip", role: "img", "aria-label": label, preserveAspectRatio: "none" }, values.map((value, i) => known(value)
    ? svg("rect", { x: i * width, y: 24 - Math.max(3, value * 0.24), width: width * 0.82, height: Math.max(3, value * 0.24), class: value >= 99 ? "gain" : value >= 90 ? "warn" : "loss" })
    : svg("rect", { x: i * width, y: 23, width: width * 0.82, height: 1, class: "track" })));
}

/** The course of some numbers, without axes; what it ends with is said beside it. */
export function spark(values) {
  const most = Math.max(1, ...values);
  return values.length < 2 ? null : svg("svg", { viewBox: "0 0 100 20", class: "spark", "aria-hidden": "true", preserveAspectRatio: "none" },
    svg("polyline", { points: values.map((value, i) => (100 * i / (values.length - 1)).toFixed(1) + "," + (19 - 18 * value / most).toFixed(1)).join(" ") }));
}
