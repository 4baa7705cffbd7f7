"use strict";
(() => {
  const TEXTS = {
    zh: {
      title: "指标报告", skip: "跳到数据表", sections: "章节", summary: "概览", texts: "原文", table: "数据表",
      documents: "文档", articles: "文章", records: "指标", level: "数量", share: "占比", change: "变化", rank: "位次",
      actual: "实际", planned: "计划", unshown: "为保证流畅，只有表格、没有原文的文档数：", leftout: "本页未收录的文档数：",
      alldata: "全部数据在旁边的文件中：", sources: "来源", pages: "分页", before: "上一页", next: "下一页",
      page: (n, all) => `第 ${n} / ${all} 页`, nothing: "没有符合条件的记录。", "article-title": "文章", link: "链接",
      linked: (text) => `${text}：这一条记录的链接`, changes: "变化幅度最大", pairs: "计划与完成", shares: "占比与比率",
      legend: "标记：", words: "查找", reset: "清除", export: "导出 CSV", more: "显示更多", all: "全部", none: "（空）",
      doc: "文档", text: "原文", value: "数值", value_high: "上限", unit: "单位", bound: "界限", kind: "类型", owner: "主体", object: "对象",
      predicate: "谓词", area: "地区", period: "时期", base: "基期", status: "状态", article: "篇次", section: "小标题",
      published: "发布日期", sentence: "句子", rules: "规则", evidence: "依据", explicit: "同句", carried: "承前",
      exact: "确数", about: "约", over: "以上", under: "以下", shown: (n, all) => `显示 ${n} / ${all} 条`,
      tap: "再点一次，看数据表中的这一行。", sorting: "点击排序",
    },
    en: {
      title: "Metrics report", skip: "Skip to the table", sections: "Sections", summary: "Summary", texts: "Texts",
      table: "Table", documents: "documents", articles: "articles", records: "records", level: "level", share: "share",
      change: "change", rank: "rank", actual: "actual", planned: "planned",
      unshown: "Documents in the table alone, without their text, to keep this page light: ",
      leftout: "Documents left out: ", alldata: "All data are in the file beside this page: ", sources: "Sources", pages: "Pages",
      before: "Previous page", next: "Next page", page: (n, all) => `Page ${n} of ${all}`, nothing: "No record fits.",
      "article-title": "Article", link: "Link", linked: (text) => `${text}: link to this record`, changes: "Largest changes", pairs: "Planned and achieved",
      shares: "Shares and rates", legend: "Marks:", words: "Words", reset: "Clear", export: "Export CSV",
      more: "Show more", all: "all", none: "(empty)", doc: "Document", text: "Text", value: "Value", value_high: "Upper end",
      unit: "Unit", bound: "Bound", kind: "Kind", owner: "Owner", object: "Object", predicate: "Predicate", area: "Area", period: "Period",
      base: "Base", status: "Status", article: "Article", section: "Section", published: "Published", sentence: "Sentence",
      rules: "Rules", evidence: "Evidence", explicit: "own clause", carried: "carried", exact: "exact", about: "about",
      over: "over", under: "under", shown: (n, all) => `${n} of ${all} records shown`,
      tap: "Tap again for its row in the table.", sorting: "Click to sort",
    },
  };
  const COLUMNS = ["text", "value", "unit", "kind", "owner", "object", "predicate", "area", "period", "base", "status", "doc"];
  const DETAILS = ["text", "value", "value_high", "unit", "bound", "kind", "owner", "object", "predicate", "area", "period",
    "base", "status", "section", "published", "doc", "rules"];
  const NARROW = ["text", "unit", "area", "period", "status"];
  const CODED = ["kind", "status", "bound"];
  const FILTERS = ["doc", "title", "area", "period", "kind", "unit", "status"];
  const STEP = 200; // rows of a page
  const data = JSON.parse(document.getElementById("data").textContent);
  const cells = Object.fromEntries(data.columns.map((name, index) => [name, Uint32Array.from(data.cells[index])]));
  const total = cells.doc.length;
  const SHOWN = COLUMNS.filter((name) => name !== "owner" || cells.owner.some((words) => words !== 0));
  const get = (record, name) => data.strings[cells[name][record]];
  const numberOf = new Map(data.strings.map((words, number) => [words, number]));
  const lowered = data.strings.map((words) => words.toLowerCase());
  const byId = (id) => document.getElementById(id);
  const body = document.querySelector("#records tbody");
  const card = byId("card");
  let language = "zh";
  let order = { name: "", down: false };
  let chosen = [];
  let page = 0;
  let isPrinted = false;
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
    document.title = data.title || say("title");
    for (const place of document.querySelectorAll("[data-t]")) place.textContent = say(place.dataset.t);
    for (const place of document.querySelectorAll("[data-label]")) place.setAttribute("aria-label", say(place.dataset.label));
    const button = byId("language");
    button.textContent = next === "zh" ? "English" : "中文";
    button.lang = next === "zh" ? "en" : "zh-Hans";
    try { localStorage.setItem("language", next); } catch { /* a page from a file may keep nothing */ }
    head();
    for (const name of FILTERS) offer(name);
    show();
  }

  function head() {
    const row = document.querySelector("#records thead tr");
    row.replaceChildren(...SHOWN.map((name) => {
      const cell = element("th", undefined, { scope: "col", role: "columnheader", "data-name": name, class: name === "value" ? "n" : "" });
      if (order.name === name) cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      cell.append(element("button", say(name), { type: "button", title: say("sorting") }));
      return cell;
    }), element("th", say("link"), { scope: "col", role: "columnheader", class: "c-link" }));
  }

  function offer(name) {
    const list = byId(`f-${name}`);
    const before = list.value;
    const values = new Map();
    for (const number of cells[name]) values.set(number, (values.get(number) ?? 0) + 1);
    const isInOrder = name === "doc" || name === "title"; // of the inputs
    const sorted = [...values].map(([number, count]) => [data.strings[number], count]);
    if (!isInOrder) sorted.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    list.replaceChildren(element("option", say("all"), { value: "" }), ...sorted.map(([value, count]) =>
      element("option", `${told(name, value) || say("none")} (${count})`, { value: `=${value}` })));
    list.value = before;
  }

  /** Returns the records that fit all filters and hold all the words that are looked for. */
  function fitting() {
    let found = Array.from({ length: total }, (_, record) => record);
    for (const name of FILTERS) {
      const wanted = byId(`f-${name}`).value;
      const number = numberOf.get(wanted.slice(1));
      if (wanted) found = found.filter((record) => cells[name][record] === number);
    }
    for (const word of byId("f-words").value.toLowerCase().split(/\s+/).filter(Boolean)) {
      const has = lowered.map((words) => words.includes(word));
      found = found.filter((record) => data.columns.some((name) => has[cells[name][record]]));
    }
    return found;
  }

  /** Sorts the chosen records; numbers stand by their units, since 元 and 人 have no order among them. */
  function sort() {
    const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
    const rank = new Map([...new Set(chosen.map((record) => get(record, order.name)))].sort(collator.compare).map((words, place) => [words, place]));
    const units = new Map();
    for (const number of cells.unit) units.set(number, (units.get(number) ?? 0) + 1);
    const byUnit = (a, b) => units.get(cells.unit[b]) - units.get(cells.unit[a]) || cells.unit[a] - cells.unit[b];
    const turn = order.down ? -1 : 1;
    const compare = order.name === "value"
      ? (a, b) => byUnit(a, b) || turn * (Number(get(a, "value")) - Number(get(b, "value")))
      : (a, b) => turn * (rank.get(get(a, order.name)) - rank.get(get(b, order.name)));
    chosen.sort((a, b) => compare(a, b) || a - b);
  }

  function show() {
    chosen = fitting();
    if (order.name) sort();
    byId("shown").textContent = say("shown")(chosen.length.toLocaleString("en-US"), total.toLocaleString("en-US"));
    turnTo(0);
  }

  const pageCount = () => Math.max(1, Math.ceil(chosen.length / STEP));

  /** Shows a page of the table, or all of it for a printer. */
  function turnTo(number) {
    page = number;
    const rows = document.createDocumentFragment();
    const records = isPrinted ? chosen : chosen.slice(page * STEP, (page + 1) * STEP);
    for (const record of records) rows.append(rowOfRecord(record));
    if (!chosen.length) {
      const row = element("tr", undefined, { role: "row" });
      row.append(element("td", say("nothing"), { role: "cell", colspan: SHOWN.length + 1, class: "nothing", lang: document.documentElement.lang }));
      rows.append(row);
    }
    body.replaceChildren(rows);
    byId("pages").hidden = pageCount() === 1 || isPrinted;
    byId("page").textContent = say("page")(page + 1, pageCount());
    byId("before").disabled = page === 0;
    byId("next").disabled = page + 1 >= pageCount();
    document.querySelector(".scroll").scrollTop = 0;
  }

  function rowOfRecord(record) {
    const row = element("tr", undefined, { id: `r${record}`, role: "row", tabindex: "0", "data-i": record });
    for (const name of SHOWN) {
      const value = name === "value" ? amount(record) : told(name, get(record, name));
      const cell = element("td", name === "kind" ? undefined : value, { role: "cell", class: `c-${name}${name === "value" ? " n" : NARROW.includes(name) ? " kept" : ""}` });
      if (CODED.includes(name)) cell.lang = document.documentElement.lang;
      if (name === "kind") cell.append(element("span", value, { class: `key ${get(record, "kind")}` }));
      if (name === "value") cell.title = exact(record);
      row.append(cell);
    }
    const link = element("td", undefined, { role: "cell", class: "c-link" });
    link.append(element("a", "#", { href: `#m-${get(record, "id")}`, "aria-label": say("linked")(get(record, "text")) }));
    row.append(link);
    if (record === active) row.classList.add("here");
    return row;
  }

  const grouped = (value) => value.replace(/^(-?)(\d+)/, (_, minus, digits) =>
    (minus ? "−" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ","));

  function exact(record) {
    const high = get(record, "value_high");
    return `${grouped(get(record, "value"))}${high ? `–${grouped(high)}` : ""} ${get(record, "unit")}`.trim();
  }

  /** Returns a number with its decimal point so many places to the left, exactly. */
  function shifted(value, places) {
    const [, minus, whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
    const digits = whole.padStart(places + 1, "0");
    const behind = `${digits.slice(-places)}${part}`.replace(/0+$/, "");
    return `${minus}${digits.slice(0, -places)}${behind ? `.${behind}` : ""}`;
  }

  /** Returns a number as people read it: in 万 and 亿. */
  function scaled(value) {
    const size = Math.abs(Number(value));
    if (size >= 1e8) return `${grouped(shifted(value, 8))}亿`;
    return size >= 1e4 ? `${grouped(shifted(value, 4))}万` : grouped(value);
  }

  function amount(record) {
    const sign = { about: "≈", over: "≥", under: "≤" }[get(record, "bound")] ?? "";
    const high = get(record, "value_high");
    return `${sign}${scaled(get(record, "value"))}${high ? `–${scaled(high)}` : ""}`;
  }

  function activate(record) {
    for (const place of document.querySelectorAll(".here")) place.classList.remove("here");
    active = record;
    for (const place of document.querySelectorAll(`mark[data-i="${record}"]`)) place.classList.add("here");
    byId(`r${record}`)?.classList.add("here");
  }

  function toText(record) {
    const mark = byId(`q${record}`);
    if (!mark) return toRow(record);
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
    turnTo(Math.floor(place / STEP));
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

  /** Puts the card beside the text where there is room, else at the edge of the window that is away from the figure. */
  function place() {
    const box = explained.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) return hide();
    const frame = explained.closest("article").getBoundingClientRect();
    const text = explained.closest("p").getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const isBeside = frame.right - text.right > 280;
    card.classList.toggle("beside", isBeside);
    const set = (name, value) => card.style.setProperty(name, `${value}px`);
    if (isBeside) {
      set("width", frame.right - text.right - 24);
      set("left", text.right + 12);
      set("top", Math.max(60, Math.min(box.top - 24, innerHeight - card.offsetHeight - 8)));
    } else {
      set("width", Math.min(576, width - 24));
      set("left", Math.max(12, Math.min(box.left, width - card.offsetWidth - 12)));
      set("top", box.top > innerHeight / 2 ? 8 : innerHeight - card.offsetHeight - 8);
    }
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
    const rows = chosen.map((record) => data.columns.map((name) => get(record, name)));
    const lines = [data.columns, ...rows].map((row) => row.map(cell).join(","));
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
  body.addEventListener("click", (event) => {
    if (rowOf(event) && !event.target.closest("a")) toText(Number(rowOf(event).dataset.i));
  });
  body.addEventListener("keydown", (event) => {
    const row = rowOf(event);
    if (row && event.key === "Enter" && event.target === row) toText(Number(row.dataset.i));
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
  byId("before").addEventListener("click", () => turnTo(page - 1));
  byId("next").addEventListener("click", () => turnTo(page + 1));
  byId("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
  for (const [name, now] of [["beforeprint", true], ["afterprint", false]]) {
    addEventListener(name, () => {
      isPrinted = now;
      turnTo(0);
    });
  }

  /** Goes to the record that the address names: #m- and its id, which stays the same from run to run. */
  function follow() {
    const number = location.hash.startsWith("#m-") ? numberOf.get(location.hash.slice(3)) : undefined;
    const record = number === undefined ? -1 : cells.id.indexOf(number);
    if (record >= 0) toText(record);
  }
  addEventListener("hashchange", follow);

  let kept = null;
  try { kept = localStorage.getItem("language"); } catch { /* see above */ }
  speak(kept === "en" ? "en" : "zh");
  follow();
})();
