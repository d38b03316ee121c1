// Elements, and values as people read them. Text only ever becomes text, never markup.

/** Makes an element: attributes by name, on… as listeners; children as text or elements, null ones left out. */
export function h(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (key === "class") {
      made.className = value;
    } else {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

/** What is not known is said so; it is never shown as a number. */
export function unknown(why) {
  return h("span", { class: "unknown", title: why || "Not known" }, "—");
}

export const known = value => value !== null && value !== undefined;

const style = (options) => new Intl.NumberFormat("en-US", options);
const whole = style({ maximumFractionDigits: 0 });
const exact = new Map();

export function number(value, digits = 0) {
  if (!known(value)) {
    return unknown();
  }
  if (!exact.has(digits)) {
    exact.set(digits, style({ minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return exact.get(digits).format(value);
}

export const percent = (value, digits = 1) => known(value) ? number(value, digits) + " %" : unknown();

/** A price or an amount in USD. */
export function usd(value, digits = 2) {
  return known(value) ? (value < 0 ? "−$" : "$") + number(Math.abs(value), digits) : unknown();
}

/** An amount won or lost: its sign is a word too, not only a colour. */
export function gain(value) {
  if (!known(value)) {
    return unknown();
  }
  return h("span", { class: value < 0 ? "loss" : "gain" }, (value < 0 ? "−$" : "+$") + number(Math.abs(value), 2));
}

const day = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });
const minute = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

export function time(text) {
  return known(text) ? h("time", { datetime: text, title: text.replace("T", " ") }, minute.format(new Date(text))) : unknown();
}

export const date = text => day.format(new Date(text));

/** Seconds as people say them. */
export function span(seconds) {
  if (!known(seconds)) {
    return unknown();
  }
  const s = Math.round(seconds);
  return s < 60 ? s + " s" : s < 3600 ? Math.floor(s / 60) + " min " + s % 60 + " s" : Math.floor(s / 3600) + " h " + Math.floor(s % 3600 / 60) + " min";
}

export function plural(count, one, many) {
  return whole.format(count) + " " + (count === 1 ? one : many);
}

const TONES = { ACTIVE: "calm", HIT: "good", NOT_HIT: "bad", EXPIRED: "dim", INVALIDATED: "dim", COMPLETED: "good", RUNNING: "calm",
  PAUSED: "warn", FAILED: "bad", CANCELLED: "warn", CRITICAL: "bad", FATAL: "bad", ERROR: "bad", WARNING: "warn", INFO: "dim", ON: "good",
  OFF: "dim", BROKEN: "bad", CLEAN: "good", DIFFERS: "bad", OPEN_QUARANTINE: "warn", OPEN_CONFLICTS: "warn", REFUSED: "bad",
  CHANGED: "good", OVERRIDDEN: "warn", STEPPED_BACK: "warn", OPEN: "warn", DONE: "good", NEXT: "calm", BLOCKED: "bad" };

/** A status word as a badge. */
export function badge(word) {
  return known(word) ? h("span", { class: "badge " + (TONES[word] || "dim") }, word.replaceAll("_", " ")) : unknown();
}

/** A table whose cells are texts or elements. Wide ones scroll by themselves, by keyboard too. */
export function table(caption, heads, rows, empty) {
  if (rows.length === 0) {
    return h("p", { class: "empty" }, empty || "Nothing here.");
  }
  const cells = heads.map(head => h("th", { scope: "col", class: head.startsWith("#") ? "figure" : null }, head.replace("#", "")));
  const body = rows.map(row => h("tr", null, row.map((cell, i) => h("td", { class: heads[i].startsWith("#") ? "figure" : null }, cell))));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", null, h("caption", { class: "sr" }, caption), h("thead", null, h("tr", null, cells)), h("tbody", null, body)));
}

export function card(title, ...content) {
  const head = typeof title === "string" ? h("h2", null, title) : title;
  return h("section", { class: "card" }, head, ...content);
}

/** A figure with its name, and where it comes from. */
export function figure(name, value, note, href) {
  return h("div", { class: "stat" }, h("dt", null, name),
    h("dd", null, href ? h("a", { href, class: "value" }, value) : h("span", { class: "value" }, value), note ? h("small", null, note) : null));
}

/** A range of 0 to 100 % with its middle, as a picture; the words beside it say the same. */
export function intervalBar(low, middle, high) {
  const svg = (name, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };
  return svg("svg", { viewBox: "0 0 100 8", class: "interval", "aria-hidden": "true", preserveAspectRatio: "none" },
    svg("rect", { x: 0, y: 3, width: 100, height: 2, class: "track" }), svg("rect", { x: low, y: 1.5, width: Math.max(0.6, high - low), height: 5, class: "range" }),
    svg("rect", { x: middle - 0.5, y: 0, width: 1, height: 8, class: "middle" }));
}
