// The cards of records, and the forms in which one is edited or added. All text is set as text, never as HTML.

import { made } from "./dom.js";

const SIGNS = { exact: "", about: "≈", over: "≥", under: "≤" };
const FACTS = ["object", "predicate", "area", "period", "base"];

/** Makes cards and forms. `desk` has the words of the page, what it knows of fields, its actions, and `run` for them. */
export function cards(desk) {
  const named = (value) => desk.words.values[value] || value;

  function button(text, key, action) {
    const element = made("button", text);
    element.type = "button";
    if (key) element.append(made("kbd", key));
    element.addEventListener("click", () => desk.run(action));
    return element;
  }

  function head(one) {
    const element = made("div", "", "head");
    const name = button(one.text, "", () => desk.actions.pick(one.key));
    name.className = "span";
    name.lang = "zh";
    element.append(name, made("span", valueOf(one), "value"), made("span", named(one.kind), "badge"));
    if (one.status === "planned") element.append(made("span", named("planned"), "badge planned"));
    element.append(made("span", desk.words.states[one.state], "state"));
    return element;
  }

  function facts(one) {
    const element = made("dl");
    const add = (name, value, className = "") => {
      const pair = element.appendChild(made("div"));
      const content = made("dd", value, className);
      content.lang = "zh";
      pair.append(made("dt", name), content);
    };
    for (const name of FACTS) if (one[name]) add(desk.words.fields[name], answersOf(one[name], desk.words.nothing));
    for (const [name, value] of Object.entries(one.others)) add(name, value, "other");
    return element;
  }

  function card(one) {
    const item = made("li", "", `record ${one.state}`);
    item.id = `record-${one.key}`;
    item.tabIndex = -1;
    const { words, actions } = desk;
    const tools = made("div", "", "card-tools");
    if (one.state !== "accepted") {
      const text = one.state === "rejected" ? words.restore : words.accept;
      tools.append(button(text, "a", () => actions.accept(one.key)));
    }
    tools.append(button(words.edit, "e", () => actions.edit(one.key)));
    if (one.state !== "rejected") tools.append(button(words.reject, "d", () => actions.reject(one.key)));
    tools.append(button(words.why, "w", () => actions.why(one.key)));
    tools.append(made("span", words.origins[one.origin], "quiet end"));
    item.append(head(one), facts(one), tools);
    return item;
  }

  function field(name, value) {
    const label = made("label", desk.words.fields[name] || name, `field-${name}`);
    const choices = desk.choices[name];
    const input = document.createElement(choices ? "select" : "input");
    input.name = name;
    if (!choices) input.lang = "zh";
    for (const choice of choices || []) {
      const option = made("option", named(choice));
      option.value = choice;
      input.append(option);
    }
    input.value = value;
    label.append(input);
    return label;
  }

  function form(one) {
    const element = made("form");
    element.noValidate = true;
    element.autocomplete = "off";
    const title = element.appendChild(made("p", one.text, "form-title"));
    title.lang = "zh";
    const grid = element.appendChild(made("div", "", "grid"));
    for (const name of desk.fields) grid.append(field(name, one[name] ?? ""));
    const tools = element.appendChild(made("div", "", "card-tools"));
    const save = made("button", desk.words.save, "main");
    save.append(made("kbd", "Enter"));
    tools.append(save, button(desk.words.cancel, "Esc", desk.actions.cancel));
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      desk.run(() => desk.actions.save(element));
    });
    return element;
  }

  function editCard(one) {
    const item = made("li", "", `record ${one.state} editing`);
    item.id = `record-${one.key}`;
    item.append(form(one));
    return item;
  }

  function addCard(suggestions) {
    const holder = made("div", "", "record current adding");
    const label = holder.appendChild(made("label", desk.words.suggestion, "chooser"));
    const chooser = label.appendChild(made("select"));
    suggestions.forEach((one, index) => {
      const about = one.source === "nothing" ? one.text : `${one.text} ${one.object}`;
      const option = made("option", `${desk.words.sources[one.source]}：${about}`);
      option.value = index;
      chooser.append(option);
    });
    const fill = () => {
      const one = suggestions[Number(chooser.value)];
      const filled = form(one);
      filled.dataset.start = one.start;
      filled.dataset.end = one.end;
      holder.querySelector("form")?.remove();
      holder.append(filled);
    };
    chooser.addEventListener("change", fill);
    fill();
    return holder;
  }

  /** Shows on the card of a record what made it: `sentences` are the explanations of its sentence. */
  function explain(card, one, sentences) {
    card.querySelector(".why")?.remove();
    const box = card.appendChild(made("div", "", "why"));
    const list = (title, lines) => {
      if (!lines.length) return;
      box.append(made("h3", title));
      const shown = box.appendChild(made("ul"));
      shown.append(...lines.map((line) => made("li", line)));
    };
    const { reasons, fields } = desk.words;
    for (const sentence of sentences) {
      const found = sentence.records.find((it) => Number(it.record.start) === Number(one.start));
      if (found) {
        list(reasons.rules, String(found.record.rules).split(" ").filter(Boolean));
        list(reasons.evidence, found.fields.map((it) => `${fields[it.field] || it.field}：${it.words.join(" + ")}`));
        list(reasons.candidates, found.candidates.slice(0, 5).map((it) => `${it.text || "–"}  ${it.score.toFixed(2)}`));
      }
      for (const name of ["times", "cues", "hidden", "rejected"]) {
        list(reasons[name], sentence[name].map((it) => `${it.text} → ${it.says}（${it.rule}）`));
      }
    }
    if (!box.children.length) box.append(made("p", reasons.none));
  }

  return { card, editCard, addCard, explain };
}

/** Several right answers that a cell holds between bars, as a reader sees them. */
function answersOf(cell, nothing) {
  if (!cell.includes("|")) return cell;
  return cell
    .split("|")
    .map((answer) => answer || nothing)
    .join("|");
}

function valueOf(one) {
  const high = one.value_high ? `–${one.value_high}` : "";
  return `${SIGNS[one.bound] ?? ""}${one.value}${high} ${one.unit}`.trim();
}
