// The text pane: its pieces, and the selection in it as offsets of code points.
// JavaScript counts UTF-16 units; the server and the gold count code points.

const SHORT = 14; // a figure of so many characters stands on one line
const pane = document.getElementById("text");
let segments = [];
let shown = ""; // what the pane was laid out from
let cursor = null; // {anchor, focus}: the character under the keyboard's cursor, or all from anchor to focus
let selected = null; // {start, end}

export function selection() {
  takeSelection();
  return selected;
}

export function showText(view, onPick) {
  const states = new Map(view.records.map((record) => [record.key, record.state]));
  const next = JSON.stringify([view.name, view.segments]);
  if (next !== shown) lay(view.segments, onPick);
  shown = next;
  for (const [index, { keys }] of segments.entries()) {
    if (keys.length) pane.children[index].className = states.get(keys[keys.length - 1]);
  }
}

function lay(pieces, onPick) {
  const top = pane.scrollTop;
  segments = pieces;
  const elements = segments.map(({ start, text, keys }) => {
    const piece = document.createElement(keys.length ? "mark" : "span");
    piece.dataset.start = start;
    piece.textContent = text;
    if (keys.length) {
      piece.dataset.keys = keys.join(" ");
      if (text.length <= SHORT && !text.includes("\n")) piece.style.whiteSpace = "nowrap";
      piece.addEventListener("click", () => {
        if (window.getSelection().isCollapsed) onPick(keys[keys.length - 1]);
      });
    }
    return piece;
  });
  pane.replaceChildren(...elements);
  pane.scrollTop = top;
  selected = null;
  if (document.activeElement === pane && cursor) select(cursor);
}

export function showCurrentText(key) {
  for (const piece of pane.querySelectorAll(".current")) piece.classList.remove("current");
  for (const piece of pane.querySelectorAll(`[data-keys~="${key}"]`)) piece.classList.add("current");
}

/** Marks the span that is being added, or nothing: the focus of its form takes the selection away. */
export function showAdded(span) {
  if (!globalThis.Highlight) return;
  CSS.highlights.delete("added");
  if (!span) return;
  const range = document.createRange();
  range.setStart(...placeOf(span.start));
  range.setEnd(...placeOf(span.end));
  CSS.highlights.set("added", new Highlight(range));
}

export function scrollToCurrent() {
  pane.querySelector(".current")?.scrollIntoView({ block: "nearest" });
}

export function forget() {
  cursor = null;
  selected = null;
  pane.scrollTop = 0;
}

function length() {
  const last = segments[segments.length - 1];
  return last ? last.start + [...last.text].length : 0;
}

function offsetAt(node, units) {
  if (node === pane) return units < segments.length ? segments[units].start : length();
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  const start = Number(piece.dataset.start);
  if (node.nodeType !== Node.TEXT_NODE) return start + (units ? [...piece.textContent].length : 0);
  return start + [...node.data.slice(0, units)].length;
}

function placeOf(offset) {
  let index = segments.findLastIndex((segment) => segment.start <= offset);
  if (index < 0) index = 0;
  const segment = segments[index];
  const units = [...segment.text].slice(0, offset - segment.start).join("").length;
  return [pane.children[index].firstChild || pane.children[index], units];
}

function select(wanted) {
  if (!segments.length) return;
  const last = length() - 1;
  const fit = (offset) => Math.min(Math.max(offset, 0), last);
  cursor = { anchor: fit(wanted.anchor), focus: fit(wanted.focus) };
  const isBackward = cursor.focus < cursor.anchor;
  const from = placeOf(isBackward ? cursor.anchor + 1 : cursor.anchor);
  const to = placeOf(isBackward ? cursor.focus : cursor.focus + 1);
  window.getSelection().setBaseAndExtent(...from, ...to);
  pane.children[segments.findLastIndex((segment) => segment.start <= cursor.focus)]?.scrollIntoView({ block: "nearest" });
}

function moved(key) {
  const here = cursor.focus;
  if (key === "ArrowLeft") return here - 1;
  if (key === "ArrowRight") return here + 1;
  const found = window.getSelection();
  found.collapse(...placeOf(here));
  const isBack = key === "ArrowUp" || key === "Home";
  found.modify("move", isBack ? "backward" : "forward", key.startsWith("Arrow") ? "line" : "lineboundary");
  return pane.contains(found.focusNode) ? offsetAt(found.focusNode, found.focusOffset) : here;
}

export function enterText(start) {
  pane.focus({ preventScroll: true });
  if (segments.length) select({ anchor: start, focus: start });
}

pane.addEventListener("keydown", (event) => {
  const isMove = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key);
  if (!isMove || event.ctrlKey || event.metaKey || event.altKey || !segments.length) return;
  event.preventDefault();
  event.stopPropagation();
  cursor ??= { anchor: 0, focus: 0 };
  const focus = moved(event.key);
  select({ anchor: event.shiftKey ? cursor.anchor : focus, focus });
});

// What is selected elsewhere does not count: the selection in the text is kept for the button that adds it.
function takeSelection() {
  const found = window.getSelection();
  if (!found.rangeCount) return;
  const range = found.getRangeAt(0);
  if (!pane.contains(range.startContainer) || !pane.contains(range.endContainer)) return;
  const start = offsetAt(range.startContainer, range.startOffset);
  const end = offsetAt(range.endContainer, range.endOffset);
  selected = start < end ? { start, end } : null;
  if (!selected) cursor = { anchor: start, focus: start };
}

document.addEventListener("selectionchange", takeSelection);
