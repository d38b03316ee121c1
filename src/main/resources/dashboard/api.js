// The endpoints, as the signed-in user. The token lives in this tab alone; a cookie, where there is one, is sent by the browser.

const KEY = "quantum-btc-token";

export class ApiError extends Error {
  constructor(status, message, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

export const token = {
  get: () => sessionStorage.getItem(KEY),
  set: value => value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY),
};

const LEFT = "quantum-btc-cookie-left";

/** The server says whether a cookie came with the page; the cookie itself is out of a script's reach. */
export const cookie = {
  there: document.documentElement.dataset.cookie === "true",
  used: () => cookie.there && !sessionStorage.getItem(LEFT),
  use: () => sessionStorage.removeItem(LEFT),
  leave: () => sessionStorage.setItem(LEFT, "true"),
};

async function ask(method, path, body, signal) {
  const headers = {};
  if (token.get()) {
    headers.Authorization = "Bearer " + token.get();
  }
  if (method !== "GET") {
    headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch("/api/quantum/" + path, { method, headers, signal, body: method === "GET" || body === undefined ? undefined : JSON.stringify(body) });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new ApiError(0, "The server cannot be reached. Is it running?", {});
  }
  const text = await answer.text();
  let data = {};
  try {
    data = text ? JSON.parse(text) : {};
  } catch {
    throw new ApiError(answer.status, "The server answered " + answer.status + ", but not with JSON.", {});
  }
  if (!answer.ok) {
    if (answer.status === 401) {
      document.dispatchEvent(new CustomEvent("signed-out"));
    }
    const wait = answer.headers.get("Retry-After");
    throw new ApiError(answer.status, (data.error || data.message || "The server answered " + answer.status + ".")
      + (wait ? " Try again in " + wait + " s." : ""), data);
  }
  return data;
}

export const get = (path, signal) => ask("GET", path, undefined, signal);
export const send = (method, path, body, signal) => ask(method, path, body, signal);
