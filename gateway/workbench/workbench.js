// The page: three texts, one question to the program after every change, and what it says.

import { Editor } from "./editor.js";
import { languageNow, say, speak } from "./texts.js";
import { lineNaming, linesBelow, link } from "./links.js";

const PAUSE = 250;      // ms without a key before we ask
const ROWS = 200;       // of the table at once
const LARGEST = 3e6;    // bytes of a file that is opened

const $ = (id) => document.getElementById(id);
const state = {
  way: "in", sample: "", packed: "", sampleName: "", digest: "", saved: "", fileId: "",
  answer: null, fates: [], rows: ROWS, file: "", notice: "",
  documents: {}, // by name, what comes with the sample
  mapping: "", part: "", // what is written, and whose text stands in its pane: "" is its own
};

function make(name, text = "", className = "") {
  const element = document.createElement(name);
  if (text !== "") element.textContent = text;
  if (className) element.className = className;
  return element;
}

// --- the program

const key = (() => {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem("key", given);
    history.replaceState(null, "", location.pathname);
  }
  return given || sessionStorage.getItem("key") || "";
})();

async function ask(path, body, signal) {
  const headers = { "X-Workbench-Key": key };
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, body
      ? { method: "POST", headers, signal, body: JSON.stringify(body) } : { headers, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(say("gone"));
  }
  if (response.ok) return response.json();
  const told = await response.text();
  let words = told.split("\n")[languageNow() === "vi" ? 0 : 1] || told;
  try {
    const problem = JSON.parse(told);
    words = languageNow() === "vi" ? problem.vi : problem.detail;
  } catch { /* it is plain text */ }
  throw new Error(say("fault", { what: words }));
}

// --- the three texts

const sides = {};
for (const side of ["theirs", "rules", "ours"])
  sides[side] = new Editor($(side), {
    id: side, labelledBy: `${side}-title`,
    onEdit: () => edited(side),
    onPlace: (line, byHand) => lookAt(side, line, byHand),
  });

function edited(side) {
  if (side === "theirs") {
    state.packed = "";
    state.sample = sides.theirs.value;
  } else if (side === "rules") {
    state.mapping = sides.rules.value;
  }
  state.notice = "";
  askSoon();
}

function openSample(name, text, packed = "") {
  state.sampleName = name;
  state.packed = packed;
  state.sample = text;
  if (packed) state.sample = say("unreadable", { size: Math.floor(packed.length * 3 / 4) });
  if (state.way === "in") sides.theirs.value = state.sample;
}

function openMapping(text, saved = text) {
  state.mapping = text;
  state.saved = saved;
  showPart("", text);
}

/** Puts a file into the middle pane: the mapping itself to be written, others to be seen. */
function showPart(name, text) {
  state.part = name;
  sides.rules.value = text;
  sides.rules.show(name !== "");
  $("rules-shown").hidden = name === "";
  $("part").value = name;
  markFaults();
}

async function openPart(name) {
  showPart(name, name ? (await ask(`/api/part?file=${encodeURIComponent(name)}`)).text : state.mapping);
}

const idIn = (mapping) => /<mapping\s[^>]*?\bid="([^"]*)"/.exec(mapping)?.[1] ?? "";

const isDirty = () => state.mapping !== state.saved && state.mapping.trim() !== "";
const mayReplace = () => !isDirty() || window.confirm(say("replace"));

function turn(way) {
  state.way = way;
  sides.theirs.show(way === "out");
  sides.ours.show(way === "in");
  $("theirs-shown").hidden = way === "in";
  $("ours-shown").hidden = way === "out";
  if (way === "in") sides.theirs.value = state.sample;
  askSoon();
}

function chooseWay(way) {
  if (state.way !== way) $("way").querySelector(`[value=${way}]`).click();
}

// --- asking

let timer = 0;
let running = null;

function askSoon() {
  clearTimeout(timer);
  timer = setTimeout(askNow, PAUSE);
}

async function askNow() {
  if (!heard) return;
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const { mapping } = state;
  if (mapping.trim() === "") return show(null);
  const sample = state.way === "in" ? state.sample : sides.ours.value;
  try {
    show(await ask("/api/try", {
      mapping, sample, way: state.way, packed: state.way === "in" ? state.packed : "",
      exchange: $("exchange").value.trim(), partner: $("partner").value.trim(), documents: state.documents,
    }, signal));
  } catch (error) {
    if (error.name !== "AbortError") fail(error.message);
  }
}

// What the start could not get is not asked for again by a key.
let heard = true;

function fail(words) {
  $("verdict").textContent = words;
  $("verdict").parentElement.className = "verdict bad";
  $("problems").replaceChildren();
}

// --- showing

// A table is many messages: each problem and each place says its row.
function flattened(answer) {
  const rows = answer.rows ?? [];
  const with_ = (row) => (one) => ({ ...one, row: row.row });
  return {
    problems: [...(answer.problems ?? []), ...rows.flatMap((row) => (row.problems ?? []).map(with_(row)))],
    report: [...(answer.report ?? []), ...rows.flatMap((row) => (row.report ?? []).map(with_(row)))],
  };
}

function show(answer) {
  state.answer = answer;
  state.rows = ROWS;
  const { problems, report } = answer ? flattened(answer) : { problems: [], report: [] };
  const faults = answer?.faults ?? [];
  if (answer && faults.length === 0) {
    const result = answer.result ?? "";
    if (state.way === "in") sides.ours.value = result;
    else sides.theirs.value = result;
  }
  // What came of an earlier text stays to be read, and looks so.
  const made = state.way === "in" ? sides.ours : sides.theirs;
  const old = faults.length > 0 && made.value !== "";
  for (const side of Object.values(sides)) side.box.classList.toggle("old", old && side === made);
  $("old").hidden = !old;
  state.fates = link(report, sides.ours.value);
  const wrongSide = state.way === "in" ? "theirs" : "ours";
  const otherSide = state.way === "in" ? "ours" : "theirs";
  sides[wrongSide].mark("wrong", problems.map((problem) => problem.line));
  sides[otherSide].mark("wrong", []);
  sides.ours.mark("left", linesBelow(answer?.leftOut ?? [], sides.ours.value));
  for (const side of Object.values(sides)) side.mark("lit", []);
  listParts();
  markFaults();
  showVerdict(faults, problems, wrongSide);
  showPlaces();
  showLists();
}

function markFaults() {
  const faults = state.answer?.faults ?? [];
  sides.rules.mark("lit", []);
  sides.rules.mark("wrong", faults.filter((fault) => (fault.file ?? "") === state.part).map((fault) => fault.line));
}

/** Whatever rules stand in can be seen. */
function listParts() {
  const told = [...state.fates, ...(state.answer?.losses ?? []), ...(state.answer?.faults ?? [])];
  const names = [...new Set(told.map((one) => one.file).filter((name) => name?.startsWith("mappings/")))].sort();
  if (state.part && !names.includes(state.part)) names.push(state.part);
  $("part").replaceChildren(new Option(say("ownFile"), ""), ...names.map((name) => new Option(name, name)));
  $("part").value = state.part;
  $("part-label").hidden = names.length === 0;
}

function showVerdict(faults, problems, wrongSide) {
  const answer = state.answer;
  const box = $("verdict").parentElement;
  let words = say("start");
  let look = "";
  if (answer && faults.length > 0) {
    words = say("ruleFaults", { n: faults.length });
    look = "bad";
  } else if (answer && problems.length > 0) {
    words = say(state.way === "in" ? "sampleFaults" : "outFaults", { n: problems.length });
    look = "bad";
  } else if (answer) {
    words = verdictOf(answer);
    look = answer.roundTrip?.identical === false || answer.leftOut?.length ? "wait" : "good";
  }
  if (state.notice) words = `${state.notice} ${words}`;
  if ($("verdict").textContent !== words) $("verdict").textContent = words;
  box.className = `verdict ${look}`;
  $("problems").replaceChildren(
    ...faults.map((fault) => problemItem(fault, fault.file ? null : "rules", fault.file)),
    ...problems.map((problem) => problemItem(problem, wrongSide, problem.path)));
}

function verdictOf(answer) {
  const tried = state.way === "in" ? state.sample !== "" : sides.ours.value.trim() !== "";
  if (!tried) return say("mappingGood");
  if (state.way === "in" && !answer.inward) return say("notIn");
  if (state.way === "out" && !answer.outward) return say("notOut");
  const trip = answer.roundTrip;
  return say(state.way === "in" ? "accepted" : "written") +
    (!trip ? "" : trip.identical ? say("same")
      : say("differs", { where: (trip.differences ?? []).slice(0, 5).join(", ") }));
}

function problemItem(problem, side, where) {
  const item = make("li");
  const file = side === null && problem.file?.startsWith("mappings/") ? problem.file : "";
  const row = problem.row ? `${say("row", problem)}, ` : "";
  const place = row + (problem.column ? say("goToColumn", problem) : say("goTo", problem));
  if ((side || file) && problem.line > 0) {
    const button = make("button", place);
    button.type = "button";
    button.addEventListener("click", guarded(async () => {
      if (side !== "theirs" && side !== "ours" && state.part !== file) await openPart(file);
      sides[side ?? "rules"].goTo(problem.line, problem.column || 1);
    }));
    item.append(button);
  }
  if (where) item.append(make("span", `${where} `, "where"));
  if (problem.code) item.append(make("span", `${problem.code} `, "where"));
  item.append(problem[languageNow()] ?? problem.en);
  return item;
}

function ruleWords({ rule = "", file }) {
  const words = rule.replace(/, line (\d+)$/, (_, line) => `, ${say("goTo", { line })}`);
  return [words, file].filter(Boolean).join(" · ");
}

function showPlaces() {
  const wanted = $("fates").value;
  const all = state.fates.filter((fate) => wanted === "" || fate.use === wanted);
  const total = Math.max(all.length, wanted === "" ? Number(state.answer?.nodes ?? 0) : 0);
  $("counts").textContent = say("countOf", { n: total });
  $("more").hidden = all.length <= state.rows;
  $("places").replaceChildren(...all.slice(0, state.rows).map((fate) => {
    const row = make("tr", "", fate.use);
    row.setAttribute("role", "row");
    const line = make("td");
    const button = make("button", String(fate.line));
    button.type = "button";
    button.setAttribute("aria-label", say("goTo", fate));
    button.addEventListener("click", () => sides.theirs.goTo(fate.line));
    const lit = () => light([fate], null, false);
    row.addEventListener("mouseenter", lit);
    button.addEventListener("focus", lit);
    line.append(button);
    const place = make("td", "", "mono");
    place.append(make("div", (fate.row ? `${say("row", fate)}: ` : "") + fate.path), make("div", fate.value ?? "", "quiet"));
    const into = make("td", "", "mono");
    for (const one of fate.into ?? [])
      into.append(make("div", one.place), make("div", one.value ?? "", "quiet"));
    const rule = make("td", ruleWords(fate), "mono");
    if (fate.why) rule.append(make("div", fate.why, "quiet"));
    row.append(line, place, make("td", say(fate.use), "fate"), rule, into);
    for (const cell of row.children) cell.setAttribute("role", "cell");
    return row;
  }));
}

function fill(list, lines, known = true) {
  list.replaceChildren(...(lines.length ? lines : [known ? say("none") : "–"]).map((line) => make("li", line)));
}

function showLists() {
  const answer = state.answer ?? {};
  fill($("left-out"), answer.leftOut ?? [], Boolean(answer.leftOut));
  const cover = answer.coverage ?? {};
  fill($("coverage"), [
    ...(cover.ours ?? []).map((path) => say("coverOurs") + path),
    ...(cover.theirs ?? []).map((path) => say("coverTheirs") + path),
    ...(answer.coverage && !cover.theirs ? [say("coverTheirs") + say("notKnown")] : []),
  ], Boolean(answer.coverage));
  const losses = (answer.losses ?? []).map((loss) =>
    `${ruleWords(loss)}: ${loss.loses.split(", ").map((name) => say(`loses ${name}`)).join(", ")}`);
  fill($("losses"), [...new Set(losses)], Boolean(answer.losses));  // a part that is used twice loses the same twice
}

// --- what belongs together

function fatesAt(side, line) {
  if (side === "theirs") return state.fates.filter((fate) => fate.line === line);
  if (side === "ours") return state.fates.filter((fate) => fate.ourLines.includes(line));
  const here = state.fates.filter((fate) => (fate.file ?? "") === state.part);
  const starts = here.map((fate) => fate.ruleLine).filter((start) => start > 0 && start <= line);
  const start = Math.max(0, ...starts);
  // A rule may take several lines; it ends where its element does.
  const between = sides.rules.value.split("\n").slice(start - 1, line - 1).join("\n");
  return start > 0 && (start === line || !between.includes(">"))
    ? here.filter((fate) => fate.ruleLine === start) : [];
}

let looked = "";

function lookAt(side, line, byHand) {
  const mark = `${side}:${line}:${byHand}`;
  if (mark === looked) return;
  looked = mark;
  const fates = fatesAt(side, line);
  if (fates.length > 0 || byHand) light(fates, side, byHand);
}

/** Lights all sides of some fates; by hand the other sides come into view, too. */
function light(fates, from, byHand) {
  const rules = fates.map((fate) => {
    if ((fate.file ?? "") === state.part) return fate.ruleLine;
    return fate.file && state.part === "" ? lineNaming(fate.file, state.mapping) : 0;
  });
  const lines = {
    theirs: fates.map((fate) => fate.line), rules, ours: fates.flatMap((fate) => fate.ourLines),
  };
  for (const [side, found] of Object.entries(lines)) {
    sides[side].mark("lit", found);
    const first = Math.min(...found.filter((line) => line > 0));
    if (byHand && side !== from && Number.isFinite(first)) sides[side].reveal(first);
  }
  showHere(fates);
}

function seeButton(fate) {
  const button = make("button", say("seeRule"));
  button.type = "button";
  button.addEventListener("click", guarded(async () => {
    await openPart(fate.file ?? "");
    sides.rules.goTo(fate.ruleLine);
    light([fate], "rules", true);
  }));
  return button;
}

function showHere(fates) {
  const shown = fates.slice(0, 8).map((fate) => {
    const list = make("dl");
    const add = (name, value) => {
      if (value) list.append(make("dt", say(name)), make("dd", value, "mono"));
    };
    add("place", fate.path);
    add("value", fate.value);
    list.append(make("dt", say("fate")), make("dd", say(fate.use), `fate ${fate.use}`));
    add("rule", ruleWords(fate));
    if (fate.ruleLine > 0 && (fate.file ?? "") !== state.part) list.lastChild.append(" ", seeButton(fate));
    add("why", fate.why);
    for (const one of fate.into ?? []) add("into", `${one.place} = ${one.value ?? ""}`);
    return list;
  });
  $("here").replaceChildren(...(shown.length ? shown : [make("p", say("hereNothing"), "quiet")]));
}

// --- the tools

async function openFormat(file, sample = "") {
  const query = new URLSearchParams({ file });
  if (sample) query.set("sample", sample);
  const found = await ask(`/api/format?${query.toString().replaceAll("+", "%20")}`);
  if (!sample) {
    openMapping(found.mapping);
    state.file = file;
    $("samples").replaceChildren(...found.samples.map((name) => new Option(name, name)));
    $("samples-label").hidden = found.samples.length === 0;
    $("exchange").value = found.exchange ?? "";
    bring(found.documents ?? {});
  }
  // What only writes has samples of ours.
  if (!sample || found.outward) chooseWay(found.outward ? "out" : "in");
  if (found.outward && found.sample) sides.ours.value = found.sample;
  else if (found.sampleFile) openSample(found.sampleFile, found.sample ?? "", found.packed);
  askSoon();
}

function bring(documents) {
  state.documents = documents;
  $("documents").textContent = Object.keys(documents).join(", ") || say("none");
}

function guarded(work) {
  return async (...words) => {
    try {
      await work(...words);
    } catch (error) {
      fail(error.message);
    }
  };
}

$("formats").addEventListener("change", guarded(async (event) => {
  const { value } = event.target;
  if (value && mayReplace()) await openFormat(value);
  else event.target.value = state.file;
}));
$("samples").addEventListener("change", guarded((event) => openFormat(state.file, event.target.value)));
$("part").addEventListener("change", guarded((event) => openPart(event.target.value)));
$("way").addEventListener("change", (event) => turn(event.target.value));

const isText = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

const base64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};

$("theirs-file").addEventListener("change", guarded(async (event) => {
  const [file] = event.target.files;
  if (!file || file.size > LARGEST) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = isText(bytes);
  openSample(file.name, text ?? "", text === null ? base64(bytes) : "");
  event.target.value = "";
  chooseWay("in");
  askSoon();
}));
$("rules-file").addEventListener("change", guarded(async (event) => {
  const [file] = event.target.files;
  if (file && file.size <= LARGEST && mayReplace()) openMapping(await file.text());
  event.target.value = "";
  askSoon();
}));

for (const given of ["exchange", "partner"]) $(given).addEventListener("input", askSoon);
$("document-file").addEventListener("change", guarded(async (event) => {
  const [file] = event.target.files;
  if (!file || file.size > LARGEST) return;
  const name = file.name.replace(/^document-/, "").replace(/\.\w+$/, "");
  bring({ ...state.documents, [name]: await file.text() });
  event.target.value = "";
  askSoon();
}));

$("draft").addEventListener("click", () => {
  $("draft-problem").textContent = "";
  $("draft-dialog").showModal();
});
$("draft-close").addEventListener("click", () => $("draft-dialog").close());
$("draft-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const made = await ask("/api/draft", {
      sample: state.sample, packed: state.packed, sampleName: state.sampleName,
      format: $("draft-format").value.trim(), message: $("draft-message").value.trim(),
    });
    if (!made.done) {
      $("draft-problem").textContent = (made.line ? `${say("goTo", made)}: ` : "") + made[languageNow()];
      return;
    }
    $("draft-dialog").close();
    openMapping(made.draft, state.saved);
    state.notice = say("draftMade", made);
    askSoon();
  } catch (error) {
    $("draft-problem").textContent = error.message;
  }
});

$("download").addEventListener("click", () => {
  const link_ = make("a");
  link_.href = URL.createObjectURL(new Blob([state.mapping], { type: "application/octet-stream" }));
  link_.download = "mapping.xml";
  link_.click();
  setTimeout(() => URL.revokeObjectURL(link_.href), 1000);
  if ($("save").hidden) state.saved = state.mapping;
});

$("save").addEventListener("click", guarded(async () => {
  const { mapping } = state;
  // Another format was begun meanwhile: its place is elsewhere.
  const others = state.fileId !== "" && idIn(mapping) !== state.fileId;
  if (others && !window.confirm(say("otherId", { id: idIn(mapping), was: state.fileId }))) return;
  const told = await ask("/api/save", { mapping, digest: state.digest });
  if (!told.done) return fail(told[languageNow()]);
  state.digest = told.digest;
  state.saved = mapping;
  state.fileId = idIn(mapping);
  state.notice = told[languageNow()] + ".";
  askSoon();
}));

$("fates").addEventListener("change", () => { state.rows = ROWS; showPlaces(); });
$("more").addEventListener("click", () => { state.rows += ROWS; showPlaces(); });

window.addEventListener("beforeunload", (event) => { if (isDirty()) event.preventDefault(); });

// --- how it looks

const systemDark = matchMedia("(prefers-color-scheme: dark)");
function paint() {
  const chosen = $("theme").value;
  document.documentElement.dataset.theme =
    chosen === "auto" ? (systemDark.matches ? "dark" : "light") : chosen;
}
$("theme").value = localStorage.getItem("theme") ?? "auto";
$("theme").addEventListener("change", () => { localStorage.setItem("theme", $("theme").value); paint(); });
systemDark.addEventListener("change", paint);
$("language").value = localStorage.getItem("language") ?? (navigator.language.startsWith("en") ? "en" : "vi");
$("language").addEventListener("change", () => {
  localStorage.setItem("language", $("language").value);
  speak($("language").value);
  if (state.answer) show(state.answer);
  else $("verdict").textContent = say("start");
});

// --- the start

function listFormats(formats) {
  const groups = new Map();
  for (const format of formats) {
    const name = format.id.split("/")[0];
    if (!groups.has(name)) groups.set(name, make("optgroup"));
    groups.get(name).label = name;
    groups.get(name).append(new Option(`${format.id}@${format.version} – ${format.message ?? ""}`, format.file));
  }
  $("formats").append(...groups.values());
  const messages = [...new Set(formats.map((format) => format.message).filter(Boolean))].sort();
  $("messages").append(...messages.map((message) => new Option(message)));
}

paint();
speak($("language").value);
bring({});
turn("in");
show(null);
guarded(async () => {
  heard = false;
  const start = await ask("/api/start");
  heard = true;
  if (start.mappingFile) {
    openMapping(start.mapping ?? "");
    state.digest = start.digest;
    state.fileId = idIn(start.mapping ?? "");
    $("file").textContent = start.mappingFile;
    $("save").hidden = false;
  }
  if (start.sampleFile) openSample(start.sampleFile, start.sample ?? "", start.packed);
  askSoon();
  listFormats((await ask("/api/formats")).formats);
})();
