// Shows openapi.json as a list by topic. Text only ever becomes text, never markup.
"use strict";

function element(name, text, parent) {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}

function showEndpoint(path, verb, operation, section) {
  const article = element("article", "", section);
  const title = element("h3", "", article);
  element("span", verb.toUpperCase(), title).className = "verb";
  element("span", path, title);
  element("p", operation.summary || operation.description || "", article);
  const parameters = operation.parameters || [];
  if (parameters.length > 0) {
    const list = element("dl", "", article);
    for (const parameter of parameters) {
      element("dt", parameter.name + (parameter.required ? "" : "?"), list);
      element("dd", parameter.description || "", list);
    }
  }
}

async function show() {
  const answer = await fetch("/api/openapi.json");
  if (!answer.ok) {
    throw new Error("openapi.json was answered with " + answer.status);
  }
  const api = await answer.json();
  const place = document.getElementById("endpoints");
  place.textContent = "";
  const sections = new Map();
  for (const [path, verbs] of Object.entries(api.paths)) {
    for (const [verb, operation] of Object.entries(verbs)) {
      const topic = (operation.tags || ["Other"])[0];
      if (!sections.has(topic)) {
        const section = element("section", "", place);
        element("h2", topic, section);
        sections.set(topic, section);
      }
      showEndpoint(path, verb, operation, sections.get(topic));
    }
  }
}

show().catch(error => { document.getElementById("endpoints").textContent = "The endpoints cannot be shown: " + error.message; });
