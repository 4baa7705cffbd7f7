// The page: shows what the server tells, and sends it each decision.

import { cards } from "./cards.js";
import { at, made } from "./dom.js";
import { ask } from "./server.js";
import { enterText, forget, scrollToCurrent, selection, showAdded, showCurrentText, showText } from "./text.js";
import { languages } from "./words.js";

let words = languages[remembered("language")] || languages.zh;
let overview = { documents: [], words: {}, fields: [] };
let view = null;
let current = null; // key of the record the keys act on
let editing = null; // {key} of the record in the form, or {suggestions} for one to add
let isOnlyOpen = false; // whether the records that are decided on are hidden
let queue = Promise.resolve();
const told = new WeakMap(); // what each card shows

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// Actions run one after the other, so that each sends the version that the one before it left.
function run(action) {
  queue = queue.then(action).catch((error) => {
    const tell = words.errors[error.error] || words.errors.other;
    at("reload").hidden = !error.isStale;
    say(tell(error.detail || String(error), error.column || ""), "error");
  });
  return queue;
}

function say(text, className = "") {
  const message = at("message");
  message.hidden = !text;
  message.className = className;
  message.firstElementChild.textContent = text;
}

function sayNothing() {
  at("reload").hidden = true;
  say("");
}

async function decide(action, more = {}) {
  const before = view;
  view = await ask(`/api/${action}`, { name: view.name, version: view.version, ...more });
  editing = null;
  sayNothing();
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
  sayNothing();
  show();
  scroll();
}

function step(distance) {
  const records = view?.records || [];
  if (!records.length) return view?.done ? actions.nextOpen() : undefined;
  const seen = records.filter((one) => !isOnlyOpen || one.state === "open" || one.key === current);
  const here = seen.findIndex((record) => record.key === current);
  if (distance > 0 && here === seen.length - 1 && view.done) return actions.nextOpen();
  actions.pick(seen[Math.min(Math.max(here + distance, 0), seen.length - 1)].key);
}

function scroll() {
  const card = at(`record-${current}`);
  card?.scrollIntoView({ block: "nearest" });
  const focused = document.activeElement;
  if (focused === document.body || at("records").contains(focused)) card?.focus({ preventScroll: true });
  scrollToCurrent();
}

function record(key) {
  return view.records.find((one) => one.key === key);
}

function goOn(key) {
  const here = view.records.findIndex((one) => one.key === key);
  const isOpen = (one) => one.state === "open";
  const next = view.records.slice(here + 1).find(isOpen) || view.records.find(isOpen);
  current = next ? next.key : key;
}

async function settle(action, key) {
  if (!view || !record(key)) return;
  await decide(action, { key });
  goOn(key);
  show();
  scroll();
}

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

const actions = {
  accept: (key = current) => settle("accept", key),
  reject: (key = current) => settle("reject", key),
  pick(key) {
    if (editing) {
      editing = null;
      show();
    }
    current = key;
    showCurrent();
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
    scrollToCurrent();
  },
  async add() {
    const span = selection();
    if (!view || !span) return say(words.noSelection, "error");
    const query = new URLSearchParams({ name: view.name, ...span });
    const suggestions = await ask(`/api/suggest?${query}`);
    if (!suggestions.length) return say(words.noSelection, "error");
    editing = { suggestions, span };
    say("");
    show();
    at("adding").scrollIntoView({ block: "nearest" });
  },
  async save(form) {
    const fields = Object.fromEntries(overview.fields.map((name) => [name, form.elements[name].value]));
    const span = editing.suggestions && { start: Number(form.dataset.start), end: Number(form.dataset.end) };
    const key = editing.key;
    try {
      await decide(span ? "add" : "edit", { fields, ...(span || { key }) });
    } catch (error) {
      pointOut(form, error.column);
      throw error;
    }
    if (span) {
      const isIt = (one) => Number(one.start) === span.start && Number(one.end) === span.end;
      current = view.records.find(isIt)?.key ?? current;
    } else goOn(key);
    document.activeElement?.blur();
    show();
    scroll();
  },
  async respan(key = current) {
    const span = selection();
    if (!view || !record(key)) return;
    if (!span) return say(words.noSelection, "error");
    await decide("respan", { key, ...span });
    current = key;
    show();
    scroll();
  },
  async why(key = current) {
    const one = view && record(key);
    if (!one) return;
    const query = new URLSearchParams({ name: view.name, at: one.start });
    making.explain(at(`record-${key}`), one, await ask(`/api/why?${query}`));
  },
  onlyOpen() {
    isOnlyOpen = !isOnlyOpen;
    show();
  },
  /** Opens the next document that is not finished, if there is one. */
  nextOpen() {
    const names = overview.documents.map((one) => one.name);
    const here = names.indexOf(view?.name);
    const after = [...overview.documents.slice(here + 1), ...overview.documents.slice(0, here)];
    const next = after.find((one) => !one.done);
    return next ? open(next.name) : say(words.allDone);
  },
  cancel() {
    if (at("help").open) at("help").close();
    if (!editing) return;
    editing = null;
    show();
    scroll();
  },
  move(distance) {
    const names = overview.documents.map((one) => one.name);
    const next = names[names.indexOf(at("document").value) + distance];
    return next === undefined ? undefined : open(next);
  },
};

function pointOut(form, column) {
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  const wrong = column && form.elements[column];
  if (!wrong) return;
  wrong.setAttribute("aria-invalid", "true");
  wrong.setAttribute("aria-describedby", "message");
  wrong.focus();
}

const making = cards({
  get words() {
    return words;
  },
  get choices() {
    return overview.words;
  },
  get fields() {
    return overview.fields;
  },
  run,
  actions,
});

function show() {
  sayAll();
  showOverview();
  if (!view) return;
  showText(view, (key) => actions.pick(key));
  const decided = view.records.filter((one) => one.state !== "open").length;
  at("bar").value = view.records.length ? decided / view.records.length : Number(view.done);
  at("progress").textContent = words.documentProgress(decided, view.records.length);
  at("finish").replaceChildren(view.done ? words.reopen : words.finish, made("kbd", "f"));
  at("finish").classList.toggle("main", !view.done && view.left === 0);
  at("accept-rest").disabled = view.left === 0;
  at("records").classList.toggle("only-open", isOnlyOpen);
  at("only-open").setAttribute("aria-pressed", String(isOnlyOpen));
  at("undo").disabled = !view.canUndo;
  at("redo").disabled = !view.canRedo;
  at("empty").hidden = view.records.length > 0;
  showCards();
  at("adding").replaceChildren(...(editing?.suggestions ? [making.addCard(editing.suggestions)] : []));
  showForeign();
  showAdded(editing?.span);
  showCurrent();
  document.querySelector("form")?.elements.value.focus({ preventScroll: true });
}

// Makes new cards only for records that have changed: a document may have thousands.
function showCards() {
  const list = at("records");
  const before = [...list.children];
  const known = new Map(before.map((card) => [told.get(card), card]));
  const cards = view.records.map((one) => {
    const isEdited = one.key === editing?.key;
    const tale = JSON.stringify([words.title, view.name, isEdited, one]);
    const card = (!isEdited && known.get(tale)) || (isEdited ? making.editCard(one) : making.card(one));
    told.set(card, tale);
    return card;
  });
  const isInPlace = before.length === cards.length;
  if (!isInPlace) list.replaceChildren(...cards);
  else before.forEach((card, index) => card !== cards[index] && card.replaceWith(cards[index]));
}

function showCurrent() {
  for (const one of at("records").querySelectorAll("[aria-current]")) {
    one.classList.remove("current");
    one.removeAttribute("aria-current");
  }
  const card = at(`record-${current}`);
  card?.classList.add("current");
  card?.setAttribute("aria-current", "true");
  showCurrentText(current);
}

function showForeign() {
  at("foreign").hidden = !view.foreign.length;
  const rows = view.foreign.map((row) => {
    const item = made("li");
    const problem = made("p", row.problem, "problem");
    problem.lang = "en";
    item.append(problem, made("code", row.cells.join(" | ")));
    return item;
  });
  at("foreign").querySelector("ul").replaceChildren(...rows);
}

function sayAll() {
  document.documentElement.lang = words === languages.zh ? "zh-CN" : "en";
  document.title = view ? `${view.name} – ${words.title}` : words.title;
  at("language").textContent = words.other;
  at("language").lang = words === languages.zh ? "en" : "zh-CN";
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
  at("folder-bar").value = overview.documents.length ? done / overview.documents.length : 0;
  at("folder-progress").textContent = words.folderProgress(done, overview.documents.length);
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
  t: () => view && enterText(Number(record(current)?.end ?? 0)),
  A: () => actions.acceptRest(),
  u: () => actions.undo(),
  r: () => actions.redo(),
  f: () => actions.finish(),
  s: () => actions.respan(),
  w: () => actions.why(),
  o: () => actions.onlyOpen(),
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
  "only-open": () => actions.onlyOpen(),
  respan: () => actions.respan(),
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
for (const id of ["add", "respan"]) at(id).addEventListener("mousedown", (event) => event.preventDefault());
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
