// The page to try texts on: asks the server, and shows what it answers.

const TEXTS = {
  zh: {
    title: "新闻稿指标提取", local: "只在本机运行，不联网，不保存。", "text-label": "粘贴一篇新闻稿，或把文件拖到这里",
    published: "发布日期", area: "地区", file: "文件", extract: "提取", sample: "示例", marked: "标出数字的原文",
    pick: "点原文里的一个数字，看它的记录和理由。", table: "表格", copy: "复制表格", csv: "下载 CSV", json: "下载 JSON",
    text: "原文", value: "数值", unit: "单位", bound: "界限", kind: "类型", owner: "主体", object: "对象", predicate: "谓词", period: "时期",
    base: "基期", status: "状态", level: "数量", share: "占比", change: "变化", rank: "位次", actual: "实际", planned: "计划",
    exact: "确数", about: "约", over: "以上", under: "以下", why: "为什么？", explicit: "同句", carried: "承前", rules: "规则",
    times: "时间词", cues: "计划与完成的标志", hidden: "不当作指标", rejected: "排除的数字", candidates: "对象的候选（得分）",
    evidence: "依据", working: "正在提取……", empty: "请先粘贴一篇文字。", copied: "已复制。",
    "need-published": "没有找到发布日期，“今年”“上半年”无法推算：请填写发布日期。",
    "need-area": "没有找到地区，“全区”“我市”不知道是哪里：请填写地区。",
    none: "没有找到指标。", count: (n) => `${n} 条`, gone: "连不上程序：它可能已经停了。", closed: "网址已经失效：请重新打开程序打印的网址。",
  },
  en: {
    title: "Metrics of press releases", local: "Runs on this machine alone, offline; nothing is stored.",
    "text-label": "Paste a Chinese press release, or drop a file here", published: "Published", area: "Area", file: "File",
    extract: "Extract", sample: "Example", marked: "The text with its figures marked",
    pick: "Click a figure of the text for its record and the reasons.", table: "Table", copy: "Copy the table",
    csv: "Download CSV", json: "Download JSON", text: "Text", value: "Value", unit: "Unit", bound: "Bound", kind: "Kind",
    owner: "Owner", object: "Object", predicate: "Predicate", period: "Period", base: "Base", status: "Status", level: "level",
    share: "share", change: "change", rank: "rank", actual: "actual", planned: "planned", exact: "exact", about: "about",
    over: "over", under: "under", why: "Why?", explicit: "own clause", carried: "carried", rules: "Rules",
    times: "Words of time", cues: "Signs of plan or deed", hidden: "Taken for no figure", rejected: "Figures rejected",
    candidates: "Candidates for the object (score)", evidence: "Evidence", working: "Extracting …",
    empty: "Paste a text first.", copied: "Copied.",
    "need-published": "No date of publication was found, so 今年 and 上半年 mean nothing: please give it.",
    "need-area": "No area was found, so 全区 and 我市 mean nothing: please give it.",
    none: "No metrics were found.", count: (n) => `${n} records`, gone: "The program does not answer: it may have ended.",
    closed: "This address has expired: open the one that the program printed.",
  },
};
const SAMPLE = `海州区前三季度民生实事进展
海州区住房和城乡建设局　2025-10-20

今年前三季度，全区完成老旧小区改造60个，惠及居民3.2万户，加装电梯25部，同比增长两成。计划四季度再新增停车位1500个以上。`;
const SHOWN = ["text", "value", "unit", "bound", "kind", "owner", "object", "predicate", "area", "period", "base", "status"];
const CODED = ["kind", "status", "bound"];
const token = document.querySelector('meta[name="write-token"]').content;
const at = (id) => document.getElementById(id);

let language = "zh";
let answer = null; // what the server found in the text
let letters = []; // its code points: offsets count these
let asked = null; // how it was asked, to ask again for CSV
let current = -1;

const say = (key) => TEXTS[language][key] ?? key;
const told = (name, value) => (CODED.includes(name) ? say(value) : String(value ?? ""));

function made(tag, content, attributes = {}) {
  const element = document.createElement(tag);
  if (content !== undefined) element.textContent = content;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function speak(next) {
  language = next;
  document.documentElement.lang = next === "zh" ? "zh-Hans" : "en";
  document.title = say("title");
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = say(place.dataset.t);
  at("language").textContent = next === "zh" ? "English" : "中文";
  at("language").lang = next === "zh" ? "en" : "zh-Hans";
  if (answer) show();
}

function tell(message, isWrong = false) {
  at("message").textContent = message;
  at("message").className = isWrong ? "wrong" : "";
}

async function send(path, body, type, accept = "application/json") {
  let reply;
  try {
    reply = await fetch(path, {
      method: "POST", credentials: "same-origin", body,
      headers: { "content-type": type, "x-review-token": token, accept },
    });
  } catch {
    throw new Error(say("gone"));
  }
  if (reply.status === 403) throw new Error(say("closed"));
  if (!reply.ok) throw new Error((await reply.json().catch(() => ({ error: reply.statusText }))).error);
  return accept === "text/csv" ? reply.blob() : reply.json();
}

const given = () => ({ published: at("published").value.trim(), area: at("area").value.trim() });

async function extract(request) {
  tell(say("working"));
  try {
    answer = await request("application/json");
  } catch (error) {
    tell(error.message, true);
    return;
  }
  asked = request;
  current = -1;
  letters = Array.from(answer.text);
  const hints = answer.hints.map((hint) => say(`need-${hint}`));
  tell(answer.metrics.length ? hints.join(" ") : say("none"));
  show();
}

function ofText() {
  const text = at("text").value;
  if (!text.trim()) {
    tell(say("empty"), true);
    return;
  }
  const body = JSON.stringify({ text, ...given() });
  extract((accept) => send("/extract", body, "application/json", accept));
}

function ofFile(file) {
  const query = new URLSearchParams({ name: file.name, ...given() });
  extract((accept) => send(`/extract/file?${query}`, file, "application/octet-stream", accept)).then(() => {
    if (answer) at("text").value = answer.text;
  });
}

function show() {
  at("result").hidden = false;
  at("legend").replaceChildren(...["level", "share", "change", "rank", "planned"].map((kind) => made("span", say(kind), { class: `key ${kind}` })));
  at("count").textContent = say("count")(answer.metrics.length);
  mark();
  rows();
  if (current >= 0) choose(current);
  else at("card").replaceChildren(made("p", say("pick"), { class: "quiet" }));
}

/** Shows the text with its figures, and the words that tell of the current one underlined. */
function mark() {
  const evidence = current < 0 ? [] : answer.metrics[current].evidence.flatMap((one) => one.spans);
  const cuts = new Set([0, letters.length]);
  for (const one of answer.metrics) cuts.add(one.start).add(one.end);
  for (const [start, end] of evidence) cuts.add(start).add(end);
  const edges = [...cuts].sort((a, b) => a - b);
  const pieces = [];
  edges.slice(0, -1).forEach((start, place) => {
    const end = edges[place + 1];
    const index = answer.metrics.findIndex((one) => one.start <= start && end <= one.end);
    const isTold = evidence.some(([low, high]) => low <= start && end <= high);
    const words = letters.slice(start, end).join("");
    if (index < 0) {
      pieces.push(isTold ? made("span", words, { class: "told" }) : document.createTextNode(words));
      return;
    }
    const one = answer.metrics[index];
    const names = [one.kind, one.status === "planned" && "planned", index === current && "here", isTold && "told"];
    const piece = made("mark", words, { class: names.filter(Boolean).join(" "), tabindex: "0", role: "button", "data-i": index });
    pieces.push(piece);
  });
  at("marked").replaceChildren(...pieces);
}

function rows() {
  const head = made("tr");
  head.append(...SHOWN.map((name) => made("th", say(name), { scope: "col", class: name === "value" ? "n" : "" })));
  at("records").tHead.replaceChildren(head);
  at("records").tBodies[0].replaceChildren(...answer.metrics.map((one, index) => {
    const row = made("tr", undefined, { "data-i": index, class: index === current ? "here" : "" });
    row.append(...SHOWN.map((name) => made("td", cell(one, name), { class: name === "value" ? "n" : "" })));
    return row;
  }));
}

function cell(one, name) {
  if (name !== "value") return told(name, one[name]);
  const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 12 });
  return one.value_high === null ? number(one.value) : `${number(one.value)}–${number(one.value_high)}`;
}

function choose(index) {
  current = index;
  mark();
  for (const row of at("records").tBodies[0].rows) row.className = Number(row.dataset.i) === index ? "here" : "";
  const one = answer.metrics[index];
  const list = made("dl");
  for (const name of SHOWN) {
    const shown = cell(one, name);
    if (shown) list.append(made("dt", say(name)), made("dd", shown));
  }
  const evidence = made("ul");
  for (const it of one.evidence) {
    const words = it.spans.map(([start, end]) => letters.slice(start, end).join("")).join(" + ");
    evidence.append(made("li", `${say(it.field)}：${words}（${say(it.explicit ? "explicit" : "carried")}）`));
  }
  const why = made("button", say("why"), { type: "button" });
  why.addEventListener("click", () => explain(one, why));
  at("card").replaceChildren(list, made("h3", say("evidence")), evidence, why);
}

async function explain(one, button) {
  button.disabled = true;
  let found;
  try {
    found = await send("/explain", JSON.stringify({ id: answer.id, at: one.start }), "application/json");
  } catch (error) {
    tell(error.message, true);
    return;
  }
  const parts = [];
  const list = (title, lines) => {
    if (!lines.length) return;
    const shown = made("ul");
    shown.append(...lines.map((line) => made("li", line)));
    parts.push(made("h3", say(title)), shown);
  };
  for (const sentence of found) {
    const record = sentence.records.find((it) => Number(it.record.start) === one.start);
    list("rules", one.rules);
    list("candidates", (record?.candidates ?? []).slice(0, 5).map((it) => `${it.text || "–"}  ${it.score.toFixed(2)}`));
    for (const name of ["times", "cues", "hidden", "rejected"]) {
      list(name, sentence[name].map((it) => `${it.text} → ${it.says}  (${it.rule})`));
    }
  }
  button.replaceWith(...parts);
}

function download(blob, name) {
  const link = made("a", undefined, { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function table() {
  const line = (cells) => cells.map((it) => String(it ?? "").replace(/[\t\r\n]+/g, " ")).join("\t");
  return [line(SHOWN), ...answer.metrics.map((one) => line(SHOWN.map((name) => one[name])))].join("\n");
}

at("asked").addEventListener("submit", (event) => {
  event.preventDefault();
  ofText();
});
at("sample").addEventListener("click", () => {
  at("text").value = SAMPLE;
  ofText();
});
at("file").addEventListener("change", () => {
  if (at("file").files.length) ofFile(at("file").files[0]);
  at("file").value = "";
});
for (const name of ["dragover", "dragleave", "drop"]) {
  at("asked").addEventListener(name, (event) => {
    event.preventDefault();
    at("asked").classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) ofFile(event.dataTransfer.files[0]);
  });
}
for (const place of [at("marked"), at("records")]) {
  place.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-i]");
    if (chosen) choose(Number(chosen.dataset.i));
  });
}
at("marked").addEventListener("keydown", (event) => {
  if ((event.key !== "Enter" && event.key !== " ") || !event.target.dataset.i) return;
  event.preventDefault();
  const index = Number(event.target.dataset.i);
  choose(index);
  at("marked").querySelector(`[data-i="${index}"]`).focus();
});
at("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(table());
  tell(say("copied"));
});
at("csv").addEventListener("click", async () => {
  try {
    download(await asked("text/csv"), "metrics.csv");
  } catch (error) {
    tell(error.message, true);
  }
});
at("json").addEventListener("click", () => {
  download(new Blob([JSON.stringify(answer.metrics, null, 1)], { type: "application/json" }), "metrics.json");
});
at("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
