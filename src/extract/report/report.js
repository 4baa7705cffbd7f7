"use strict";
(() => {
  const TEXTS = {
    zh: {
      title: "指标报告", skip: "跳到数据表", sections: "章节", summary: "概览", texts: "原文", table: "数据表",
      documents: "文档", articles: "文章", records: "指标", level: "数量", share: "占比", change: "变化", rank: "位次",
      actual: "已完成", planned: "计划", leftout: "为保证流畅，本页未收录的文档数：", leftouttail: "。全部数据在 metrics.csv 中。",
      "by-area": "按地区", "by-topic": "按主题", changes: "变化幅度最大", pairs: "计划与完成", shares: "占比与比率",
      legend: "标记：", words: "查找", reset: "清除", export: "导出 CSV", more: "显示更多", all: "全部", none: "（空）",
      doc: "文档", text: "原文", value: "数值", value_high: "上限", unit: "单位", bound: "界限", kind: "类型", object: "对象",
      predicate: "谓词", area: "地区", period: "时期", base: "基期", status: "状态", article: "篇次", section: "小标题",
      published: "发布日期", sentence: "句子", rules: "规则", evidence: "依据", explicit: "同句", carried: "承前",
      exact: "确数", about: "约", over: "以上", under: "以下", shown: (n, all) => `显示 ${n} / ${all} 条`,
      tap: "再点一次，看数据表中的这一行。",
    },
    en: {
      title: "Metrics report", skip: "Skip to the table", sections: "Sections", summary: "Summary", texts: "Texts",
      table: "Table", documents: "documents", articles: "articles", records: "records", level: "level", share: "share",
      change: "change", rank: "rank", actual: "actual", planned: "planned",
      leftout: "Documents left out to keep this page light: ", leftouttail: ". All data are in metrics.csv.",
      "by-area": "By area", "by-topic": "By topic", changes: "Largest changes", pairs: "Planned and achieved",
      shares: "Shares and rates", legend: "Marks:", words: "Words", reset: "Clear", export: "Export CSV",
      more: "Show more", all: "all", none: "(empty)", doc: "Document", text: "Text", value: "Value", value_high: "Upper end",
      unit: "Unit", bound: "Bound", kind: "Kind", object: "Object", predicate: "Predicate", area: "Area", period: "Period",
      base: "Base", status: "Status", article: "Article", section: "Section", published: "Published", sentence: "Sentence",
      rules: "Rules", evidence: "Evidence", explicit: "own clause", carried: "carried", exact: "exact", about: "about",
      over: "over", under: "under", shown: (n, all) => `${n} of ${all} records shown`,
      tap: "Tap again for its row in the table.",
    },
  };
  const SHOWN = ["text", "value", "unit", "kind", "object", "predicate", "area", "period", "base", "status", "doc"];
  const DETAILS = ["text", "value", "value_high", "unit", "bound", "kind", "object", "predicate", "area", "period", "base",
    "status", "section", "published", "doc", "rules"];
  const NARROW = ["text", "unit", "area", "period", "status"];
  const CODED = ["kind", "status", "bound"];
  const STEP = 200;
  const data = JSON.parse(document.getElementById("data").textContent);
  const column = Object.fromEntries(data.columns.map((name, index) => [name, index]));
  const get = (record, name) => data.rows[record][column[name]];
  const words = data.rows.map((row) => row.join("\n").toLowerCase());
  const byId = (id) => document.getElementById(id);
  const body = document.querySelector("#records tbody");
  const card = byId("card");
  let language = "zh";
  let order = { name: "", down: false };
  let chosen = [];
  let rendered = 0;
  let active = -1;
  let explained = null; // the figure whose record the card shows
  let touched = null; // the figure explained when a finger came down: a second tap on it leads to the table

  const say = (key) => TEXTS[language][key] ?? key;
  const told = (name, value) => (CODED.includes(name) && value ? say(value) : value);

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function speak(next) {
    language = next;
    document.documentElement.lang = next === "zh" ? "zh-Hans" : "en";
    document.title = say("title");
    for (const place of document.querySelectorAll("[data-t]")) place.textContent = say(place.dataset.t);
    for (const place of document.querySelectorAll("[data-label]")) place.setAttribute("aria-label", say(place.dataset.label));
    const button = byId("language");
    button.textContent = next === "zh" ? "English" : "中文";
    button.lang = next === "zh" ? "en" : "zh-Hans";
    try { localStorage.setItem("language", next); } catch { /* a page from a file may keep nothing */ }
    head();
    for (const name of ["area", "kind", "unit", "status"]) offer(name);
    show();
  }

  function head() {
    const row = document.querySelector("#records thead tr");
    row.replaceChildren(...SHOWN.map((name) => {
      const cell = element("th", undefined, { scope: "col", role: "columnheader", "data-name": name, class: name === "value" ? "n" : "" });
      if (order.name === name) cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      cell.append(element("button", say(name), { type: "button" }));
      return cell;
    }));
  }

  function offer(name) {
    const list = byId(`f-${name}`);
    const before = list.value;
    const values = new Map();
    data.rows.forEach((_, record) => values.set(get(record, name), (values.get(get(record, name)) ?? 0) + 1));
    const sorted = [...values].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    list.replaceChildren(element("option", say("all"), { value: "" }), ...sorted.map(([value, count]) =>
      element("option", `${told(name, value) || say("none")} (${count})`, { value: `=${value}` })));
    list.value = before;
  }

  function fits(record) {
    for (const name of ["area", "kind", "unit", "status"]) {
      const wanted = byId(`f-${name}`).value;
      if (wanted && wanted.slice(1) !== get(record, name)) return false;
    }
    return byId("f-words").value.toLowerCase().split(/\s+/).every((word) => words[record].includes(word));
  }

  function show() {
    chosen = data.rows.map((_, record) => record).filter(fits);
    if (order.name) {
      const numeric = order.name === "value";
      const keys = chosen.map((record) => (numeric ? Number(get(record, "value")) : get(record, order.name)));
      const key = new Map(chosen.map((record, index) => [record, keys[index]]));
      const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
      const compare = numeric ? (a, b) => a - b : collator.compare;
      chosen.sort((a, b) => (order.down ? -1 : 1) * compare(key.get(a), key.get(b)) || a - b);
    }
    byId("shown").textContent = say("shown")(chosen.length, data.rows.length);
    body.replaceChildren();
    rendered = 0;
    render(STEP);
  }

  function render(count) {
    const rows = document.createDocumentFragment();
    for (const record of chosen.slice(rendered, rendered + count)) {
      const row = element("tr", undefined, { id: `r${record}`, role: "row", tabindex: "0", "data-i": record });
      for (const name of SHOWN) {
        const value = name === "value" ? amount(record) : told(name, get(record, name));
        const cell = element("td", name === "kind" ? undefined : value, { role: "cell", class: `c-${name}${name === "value" ? " n" : NARROW.includes(name) ? " kept" : ""}` });
        if (CODED.includes(name)) cell.lang = document.documentElement.lang;
        if (name === "kind") cell.append(element("span", value, { class: `key ${get(record, "kind")}` }));
        row.append(cell);
      }
      if (record === active) row.classList.add("here");
      rows.append(row);
    }
    body.append(rows);
    rendered = Math.min(chosen.length, rendered + count);
    byId("more").hidden = rendered >= chosen.length;
  }

  const grouped = (value) => value.replace(/^(-?)(\d+)/, (_, minus, digits) =>
    (minus ? "−" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ","));

  function amount(record) {
    const sign = { about: "≈", over: "≥", under: "≤" }[get(record, "bound")] ?? "";
    const high = get(record, "value_high");
    return `${sign}${grouped(get(record, "value"))}${high ? `–${grouped(high)}` : ""}`;
  }

  function activate(record) {
    for (const place of document.querySelectorAll(".here")) place.classList.remove("here");
    active = record;
    for (const place of document.querySelectorAll(`mark[data-i="${record}"]`)) place.classList.add("here");
    byId(`r${record}`)?.classList.add("here");
  }

  function toText(record) {
    const mark = byId(`q${record}`);
    if (!mark) return;
    activate(record);
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  }

  function toRow(record) {
    let place = chosen.indexOf(record);
    if (place < 0) {
      byId("filters").reset();
      show();
      place = chosen.indexOf(record);
    }
    if (place >= rendered) render(place - rendered + STEP);
    activate(record);
    hide();
    const row = byId(`r${record}`);
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  }

  function explain(mark) {
    const record = Number(mark.dataset.i);
    const list = element("dl");
    const add = (name, value) => list.append(element("dt", name), value);
    for (const name of DETAILS) {
      const value = name.startsWith("value") ? grouped(get(record, name)) : told(name, get(record, name));
      if (value) add(say(name), element("dd", value, value.length > 12 ? { class: "wide" } : {}));
    }
    const spans = [];
    const evidence = element("dd", undefined, { class: "wide" });
    for (const [field, explicit, places] of data.evidence[record]) {
      const line = element("div", `${say(field)} `);
      line.append(element("small", `${say(explicit ? "explicit" : "carried")}: ${places.map(wordsAt).join(" … ")}`));
      evidence.append(line);
      spans.push(...places);
    }
    add(say("evidence"), evidence);
    card.replaceChildren(list, element("p", say("tap"), { class: "tap" }));
    card.hidden = false;
    explained = mark;
    place();
    underline(spans);
  }

  function place() {
    const box = explained.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) return hide();
    const below = box.bottom + 8 + card.offsetHeight < innerHeight;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8));
    card.style.setProperty("left", `${left}px`);
    card.style.setProperty("top", `${below ? box.bottom + 8 : Math.max(8, box.top - card.offsetHeight - 8)}px`);
  }

  function hide() {
    card.hidden = true;
    explained = null;
    globalThis.CSS?.highlights?.delete("evidence");
  }

  const wordsAt = ([passage, start, end]) => byId(`s${passage}`).textContent.slice(start, end);

  function underline(spans) {
    if (!globalThis.Highlight) return;
    CSS.highlights.set("evidence", new Highlight(...spans.map(([passage, start, end]) => {
      const range = document.createRange();
      const walker = document.createTreeWalker(byId(`s${passage}`), NodeFilter.SHOW_TEXT);
      let position = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (start >= position && start <= position + node.length) range.setStart(node, start - position);
        if (end > position && end <= position + node.length) { range.setEnd(node, end - position); break; }
        position += node.length;
      }
      return range;
    })));
  }

  // As in the CSV files that the program writes: no spreadsheet takes such a cell for a formula.
  const risky = /^(?:['\s]*[=+\-@＝＋－＠]|'*[\t\r\n])/u;
  const plainNumber = /^[+-]?[0-9]+(?:\.[0-9]+)?%?$/;
  function cell(value) {
    const guarded = risky.test(value) && !plainNumber.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  }

  function exportCsv() {
    const lines = [data.columns, ...chosen.map((record) => data.rows[record])].map((row) => row.map(cell).join(","));
    const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
    const link = element("a", undefined, { href: URL.createObjectURL(file), download: "metrics.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const markOf = (event) => event.target.closest?.("mark");
  const texts = byId("texts");
  texts.addEventListener("mouseover", (event) => markOf(event) && explain(markOf(event)));
  texts.addEventListener("mouseout", (event) => markOf(event) && hide());
  texts.addEventListener("focusin", (event) => markOf(event) && explain(markOf(event)));
  texts.addEventListener("focusout", hide);
  texts.addEventListener("pointerdown", () => { touched = explained; });
  texts.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark) return;
    if (event.pointerType === "touch" && touched?.dataset.i !== mark.dataset.i) explain(mark);
    else toRow(Number(mark.dataset.i));
  });
  addEventListener("scroll", () => explained && place(), { passive: true });
  texts.addEventListener("keydown", (event) => {
    if (!markOf(event)) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      toRow(Number(markOf(event).dataset.i));
    } else if (event.key === "Escape") hide();
  });
  const rowOf = (event) => event.target.closest("tr[data-i]");
  body.addEventListener("click", (event) => rowOf(event) && toText(Number(rowOf(event).dataset.i)));
  body.addEventListener("keydown", (event) => {
    const row = rowOf(event);
    if (row && event.key === "Enter") toText(Number(row.dataset.i));
    if (row && event.key === "ArrowDown") { event.preventDefault(); row.nextElementSibling?.focus(); }
    if (row && event.key === "ArrowUp") { event.preventDefault(); row.previousElementSibling?.focus(); }
  });
  document.querySelector("#records thead").addEventListener("click", (event) => {
    const name = event.target.closest("th")?.dataset.name;
    if (!name) return;
    order = { name, down: order.name === name && !order.down };
    head();
    show();
    document.querySelector(`#records th[data-name="${name}"] button`).focus();
  });
  byId("summary").addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#q']");
    if (!link) return;
    event.preventDefault();
    toText(Number(link.hash.slice(2)));
  });
  byId("filters").addEventListener("input", show);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => setTimeout(show));
  byId("export").addEventListener("click", exportCsv);
  byId("more").addEventListener("click", () => render(STEP));
  byId("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
  addEventListener("beforeprint", () => render(chosen.length));
  new IntersectionObserver((seen) => seen[0].isIntersecting && render(STEP), { rootMargin: "600px" }).observe(byId("more"));

  let kept = null;
  try { kept = localStorage.getItem("language"); } catch { /* see above */ }
  speak(kept === "en" ? "en" : "zh");
})();
