// The page: shows what the server tells, and sends it each decision. All text of documents is set as text, never as HTML.

import { languages } from "./words.js";
import { enterText, forget, scrollToCurrent, selection, showText } from "./text.js";

const at = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="review-token"]').content;
const SIGNS = { exact: "", about: "≈", over: "≥", under: "≤" };

let words = languages[remembered("language")] || languages.zh;
let overview = { documents: [], words: {}, fields: [] };
let view = null;
let current = null; // key of the record the keys act on
let editing = null; // {key} of the record in the form, or {suggestions} for one to add
let queue = Promise.resolve();

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function made(tag, content = "", className = "") {
  const element = document.createElement(tag);
  element.textContent = content;
  if (className) element.className = className;
  return element;
}

function button(text, key, action) {
  const element = made("button", text);
  element.type = "button";
  if (key) element.append(made("kbd", key));
  element.addEventListener("click", () => run(action));
  return element;
}

// Actions run one after the other, so that each sends the version that the one before it left.
function run(action) {
  queue = queue.then(action).catch((error) => say(error.message || String(error), "error"));
  return queue;
}

async function ask(path, body) {
  const options = body && {
    method: "POST",
    headers: { "content-type": "application/json", "x-review-token": token },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Error(words.errors.gone());
  }
  if (answer.ok) return answer.json();
  if (answer.status === 403) throw new Error(words.errors.closed());
  const told = await answer.json().catch(() => ({ error: "", detail: answer.statusText }));
  at("reload").hidden = answer.status !== 409;
  const tell = words.errors[told.error] || words.errors.other;
  throw new Error(tell(told.detail, told.column));
}

function say(text, className = "") {
  const message = at("message");
  message.hidden = !text;
  message.className = className;
  message.firstElementChild.textContent = text;
}

async function decide(action, more = {}) {
  const before = view;
  view = await ask(`/api/${action}`, { name: view.name, version: view.version, ...more });
  editing = null;
  at("reload").hidden = true;
  say("");
  overview = await ask("/api/overview");
  return before;
}

async function open(name) {
  const found = await ask(`/api/document?name=${encodeURIComponent(name)}`).finally(() => {
    history.replaceState(null, "", `/#${encodeURIComponent(name)}`);
    at("document").value = name;
  });
  if (found.name !== view?.name) forget();
  view = found;
  editing = null;
  current = (view.records.find((record) => record.state === "open") || view.records[0])?.key ?? null;
  overview = await ask("/api/overview");
  at("reload").hidden = true;
  say("");
  show();
  scroll();
}

function step(distance) {
  const records = view?.records || [];
  if (!records.length) return;
  const here = records.findIndex((record) => record.key === current);
  current = records[Math.min(Math.max(here + distance, 0), records.length - 1)].key;
  show();
  scroll();
}

function pick(key) {
  current = key;
  show();
  scroll();
}

function scroll() {
  at(`record-${current}`)?.scrollIntoView({ block: "nearest" });
  scrollToCurrent();
}

function record(key) {
  return view.records.find((one) => one.key === key);
}

function goOn(key) {
  const here = view.records.findIndex((one) => one.key === key);
  const open = (one) => one.state === "open";
  const next = view.records.slice(here + 1).find(open) || view.records.find(open);
  current = next ? next.key : key;
}

const actions = {
  async accept(key = current) {
    if (!view || !record(key)) return;
    await decide("accept", { key });
    goOn(key);
    show();
    scroll();
  },
  async reject(key = current) {
    if (!view || !record(key)) return;
    await decide("reject", { key });
    goOn(key);
    show();
    scroll();
  },
  async acceptRest() {
    if (!view) return;
    await decide("accept-rest");
    show();
  },
  async finish() {
    if (!view) return;
    await decide(view.done ? "reopen" : "finish");
    show();
    if (view.done) say(words.finished);
  },
  undo: () => goBack("undo"),
  redo: () => goBack("redo"),
  edit(key = current) {
    if (!view || !record(key)) return;
    current = key;
    editing = { key };
    show();
    at(`record-${key}`).scrollIntoView({ block: "nearest" });
  },
  async add() {
    const span = selection();
    if (!view || !span) return say(words.noSelection, "error");
    const query = new URLSearchParams({ name: view.name, ...span });
    const suggestions = await ask(`/api/suggest?${query}`);
    if (!suggestions.length) return say(words.noSelection, "error");
    editing = { suggestions };
    say("");
    show();
    at("adding").scrollIntoView({ block: "nearest" });
  },
  async save(form) {
    const fields = Object.fromEntries(overview.fields.map((name) => [name, form.elements[name].value]));
    if (editing.key !== undefined) {
      const key = editing.key;
      await decide("edit", { key, fields });
      goOn(key);
    } else {
      const start = Number(form.dataset.start);
      const end = Number(form.dataset.end);
      await decide("add", { start, end, fields });
      current = view.records.find((one) => Number(one.start) === start && Number(one.end) === end)?.key ?? current;
    }
    show();
    scroll();
    document.activeElement?.blur();
  },
  cancel() {
    if (at("help").open) at("help").close();
    editing = null;
    show();
  },
  move(distance) {
    const names = overview.documents.map((one) => one.name);
    const next = names[names.indexOf(at("document").value) + distance];
    return next === undefined ? undefined : open(next);
  },
};

async function goBack(action) {
  if (!view) return;
  const before = await decide(action);
  const state = (one) => JSON.stringify(one);
  const known = new Map(before.records.map((one) => [one.key, state(one)]));
  current = view.records.find((one) => known.get(one.key) !== state(one))?.key ?? current;
  if (!record(current)) current = view.records[0]?.key ?? null;
  show();
  scroll();
}

function show() {
  sayAll();
  showOverview();
  if (!view) return;
  showText(view, current, (key) => pick(key));
  const decided = view.records.filter((one) => one.state !== "open").length;
  at("bar").value = view.records.length ? decided / view.records.length : Number(view.done);
  at("progress").textContent = words.documentProgress(decided, view.records.length);
  at("finish").firstChild.textContent = view.done ? words.reopen : words.finish;
  at("finish").classList.toggle("main", !view.done && view.left === 0);
  at("accept-rest").disabled = view.left === 0;
  at("undo").disabled = !view.canUndo;
  at("redo").disabled = !view.canRedo;
  at("empty").hidden = view.records.length > 0;
  at("records").replaceChildren(...view.records.map(card));
  at("adding").replaceChildren(...(editing?.suggestions ? [addForm()] : []));
  showForeign();
  document.querySelector("form")?.elements.value.focus({ preventScroll: true });
}

function sayAll() {
  document.documentElement.lang = words === languages.zh ? "zh-CN" : "en";
  document.title = view ? `${view.name} – ${words.title}` : words.title;
  at("language").textContent = words.other;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = words[element.dataset.text];
    if (element.dataset.key) element.append(made("kbd", element.dataset.key));
  }
  for (const element of document.querySelectorAll("[data-title]")) {
    element.title = words[element.dataset.title];
    element.setAttribute("aria-label", element.title);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words[element.dataset.label]);
  }
  const keys = Object.entries(words.keys).flatMap(([key, meaning]) => {
    const term = made("dt");
    term.append(made("kbd", key));
    return [term, made("dd", meaning)];
  });
  document.querySelector("#help dl").replaceChildren(...keys);
}

function showOverview() {
  const chosen = view?.name ?? at("document").value;
  const options = overview.documents.map((one) => {
    const total = one.total === null ? "" : ` ${one.decided}/${one.total}`;
    const option = made("option", `${one.done ? "✓" : one.decided ? "◐" : "○"} ${one.name}${total}`);
    option.value = one.name;
    return option;
  });
  at("document").replaceChildren(...options);
  at("document").value = chosen;
  const done = overview.documents.filter((one) => one.done).length;
  at("folder-progress").textContent = words.folderProgress(done, overview.documents.length);
}

function valueOf(one) {
  const high = one.value_high ? `–${one.value_high}` : "";
  return `${SIGNS[one.bound] ?? ""}${one.value}${high} ${one.unit}`.trim();
}

function named(value) {
  return words.values[value] || value;
}

function card(one) {
  const item = made("li", "", `record ${one.state}`);
  item.id = `record-${one.key}`;
  if (one.key === current) {
    item.classList.add("current");
    item.setAttribute("aria-current", "true");
  }
  if (editing?.key === one.key) {
    item.append(form(one));
    return item;
  }
  const head = made("div", "", "head");
  const name = button(one.text, "", () => pick(one.key));
  name.className = "span";
  head.append(name, made("span", valueOf(one), "value"));
  head.append(made("span", named(one.kind), `badge ${one.kind}`));
  if (one.status === "planned") head.append(made("span", named("planned"), "badge planned"));
  head.append(made("span", words.states[one.state], "state"));
  const facts = made("dl");
  for (const field of ["object", "predicate", "area", "period", "base"]) {
    if (one[field]) facts.append(made("dt", words.fields[field]), made("dd", one[field]));
  }
  for (const [column, cell] of Object.entries(one.others)) facts.append(made("dt", column), made("dd", cell, "other"));
  const tools = made("div", "", "card-tools");
  if (one.state !== "accepted") {
    tools.append(button(one.state === "rejected" ? words.restore : words.accept, "a", () => actions.accept(one.key)));
  }
  tools.append(button(words.edit, "e", () => actions.edit(one.key)));
  if (one.state !== "rejected") tools.append(button(words.reject, "d", () => actions.reject(one.key)));
  tools.append(made("span", words.origins[one.origin], "quiet end"));
  item.append(head, facts, tools);
  return item;
}

function form(one) {
  const element = made("form");
  element.noValidate = true;
  element.autocomplete = "off";
  element.append(made("p", one.text, "form-title"));
  const grid = element.appendChild(made("div", "", "grid"));
  for (const name of overview.fields) grid.append(field(name, one[name] ?? ""));
  const tools = element.appendChild(made("div", "", "card-tools"));
  const save = made("button", words.save, "main");
  save.append(made("kbd", "Enter"));
  tools.append(save, button(words.cancel, "Esc", actions.cancel));
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    run(() => actions.save(element));
  });
  return element;
}

function field(name, value) {
  const label = made("label", words.fields[name] || name, `field-${name}`);
  const choices = overview.words[name];
  const input = document.createElement(choices ? "select" : "input");
  input.name = name;
  for (const choice of choices || []) {
    const option = made("option", named(choice));
    option.value = choice;
    input.append(option);
  }
  input.value = value;
  label.append(input);
  return label;
}

function addForm() {
  const holder = made("div", "", "record current adding");
  const chooser = made("select");
  chooser.setAttribute("aria-label", words.suggestion);
  editing.suggestions.forEach((one, index) => {
    const about = one.source === "nothing" ? one.text : `${one.text} ${one.object}`;
    const option = made("option", `${words.sources[one.source]}：${about}`);
    option.value = index;
    chooser.append(option);
  });
  const fill = () => {
    const one = editing.suggestions[Number(chooser.value)];
    const filled = form(one);
    filled.dataset.start = one.start;
    filled.dataset.end = one.end;
    holder.querySelector("form")?.remove();
    holder.append(filled);
  };
  const label = made("label", words.suggestion, "chooser");
  label.append(chooser);
  holder.append(label);
  chooser.addEventListener("change", fill);
  fill();
  return holder;
}

function showForeign() {
  const section = at("foreign");
  section.hidden = !view.foreign.length;
  const rows = view.foreign.map((row) => {
    const item = made("li");
    item.append(made("p", row.problem, "problem"), made("code", row.cells.join(" | ")));
    return item;
  });
  section.querySelector("ul").replaceChildren(...rows);
}

const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  a: () => actions.accept(),
  d: () => actions.reject(),
  e: () => actions.edit(),
  n: () => actions.add(),
  t: () => enterText(Number(record(current)?.end ?? 0)),
  A: () => actions.acceptRest(),
  u: () => actions.undo(),
  r: () => actions.redo(),
  f: () => actions.finish(),
  "[": () => actions.move(-1),
  "]": () => actions.move(1),
  "?": () => at("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    run(actions.cancel);
    return;
  }
  const isTyping = event.target.closest("input, select, textarea, dialog") !== null;
  if (isTyping || !(event.key in KEYS)) return;
  event.preventDefault();
  run(KEYS[event.key]);
});

const CLICKS = {
  previous: () => actions.move(-1),
  next: () => actions.move(1),
  "accept-rest": () => actions.acceptRest(),
  finish: () => actions.finish(),
  undo: () => actions.undo(),
  redo: () => actions.redo(),
  add: () => actions.add(),
  reload: () => open(view?.name ?? at("document").value),
  "show-help": () => at("help").showModal(),
  "close-help": () => at("help").close(),
  language: () => {
    words = words === languages.zh ? languages.en : languages.zh;
    try {
      localStorage.setItem("language", words === languages.zh ? "zh" : "en");
    } catch {
      // kept for this page alone
    }
    show();
  },
};
for (const [id, action] of Object.entries(CLICKS)) at(id).addEventListener("click", () => run(action));
at("add").addEventListener("mousedown", (event) => event.preventDefault());
at("document").addEventListener("change", (event) => {
  const name = event.target.value;
  event.target.blur();
  run(() => open(name));
});

run(async () => {
  show();
  overview = await ask("/api/overview");
  const names = overview.documents.map((one) => one.name);
  let wanted = "";
  try {
    wanted = decodeURIComponent(location.hash.slice(1));
  } catch {
    // not a name
  }
  const first = overview.documents.find((one) => !one.done)?.name ?? names[0];
  showOverview();
  await open(names.includes(wanted) ? wanted : first);
});
