// The workbench in a real browser: what an author does with it, by mouse and by keyboard.
// Usage: workbench.mjs GATEWAY SOURCES [PICTURES]
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [gateway, sources, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
assert.ok(browserPath, "Debian's chromium is needed");

const folder = mkdtempSync(join(tmpdir(), "thahc-workbench-test."));
const own = join(folder, "local/mappings/court-json/ruling");
mkdirSync(own, { recursive: true });
const shipped = join(sources, "mappings/court-json/ruling");
const mappingFile = join(own, "mapping.xml");
copyFileSync(join(shipped, "mapping.xml"), mappingFile);

const program = spawn(gateway, ["workbench", "--json", "--mappings", join(sources, "mappings"),
  "--local", join(folder, "local"), "--mapping", mappingFile,
  "--sample", join(shipped, "ok-full.json")], { stdio: ["ignore", "pipe", "inherit"] });
const { address } = JSON.parse(await new Promise((done, failed) => {
  program.stdout.once("data", (bytes) => done(bytes.toString()));
  program.once("exit", (code) => failed(new Error(`the workbench ended with ${code}`)));
}));
const base = address.replace(/#.*/, "");

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const said = [];      // whatever the browser complains of
const strangers = []; // requests to anybody else

async function open(options = {}, at = address) {
  const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 1400, height: 950 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.on("console", (line) => { if (line.type() === "error") said.push(line.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("blob:")) strangers.push(request.url());
  });
  await page.goto(at);
  return page;
}

const text = (page, name) => page.locator(`#${name}-text`);
const verdict = (page, words) => page.locator("#verdict").filter({ hasText: words }).waitFor({ timeout: 20000 });
// The page's policy forbids what would wait inside it.
async function holds(area, words) {
  for (const end = Date.now() + 10000; Date.now() < end;)
    if ((await area.inputValue()).includes(words)) return;
  assert.fail(`${words} never came; there is: ${(await area.inputValue()).slice(0, 200)}`);
}
const problems = (page) => page.locator("#problems li").allTextContents();

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

// Injected past the page's policy, which lets nothing in.
async function judge(page, what) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`), [], what);
}

const steps = {
  async "what it was started with is there and read"() {
    const page = await open();
    await verdict(page, "Đọc được.");
    assert.match(await page.locator("#verdict").textContent(), /giống hệt/);
    assert.match(await text(page, "ours").inputValue(), /"number": "34\/2025\/HC-ST"/);
    assert.equal(new URL(page.url()).hash, "", "the key stays in the address");
    await page.reload();
    await verdict(page, "Đọc được.");
    await judge(page, "read in, light, Vietnamese");
    await picture(page, "light");
  },

  async "a fault of the mapping is told at its place while one types"() {
    const page = await open();
    await verdict(page, "Đọc được.");
    const rules = text(page, "rules");
    const good = await rules.inputValue();
    await rules.fill(good.replace("<body>", "<body>\n    <field theirs=\"x\" ours=\"envelope/nix\"/>"));
    await verdict(page, "Tệp ánh xạ có 1 lỗi.");
    assert.match((await problems(page)).join(), /dòng 8, cột 5.*không có “envelope\/nix”/);
    await page.locator("#problems button").click();
    assert.equal(await rules.evaluate((area) => area.value.slice(0, area.selectionStart).split("\n").length), 8);
    assert.equal(await page.locator("#rules .mark").count(), 1);
    await judge(page, "a fault of the mapping");
    await picture(page, "fault");
    await rules.fill(good);
    await verdict(page, "Đọc được.");
    assert.equal(await page.locator("#rules .mark").count(), 0);
  },

  async "a fault of the sample is told at its line and path"() {
    const page = await open();
    await verdict(page, "Đọc được.");
    const theirs = text(page, "theirs");
    await theirs.fill((await theirs.inputValue()).replace("18/04/2025", "31/02/2025"));
    await verdict(page, "Mẫu bị từ chối: 1 lỗi.");
    assert.match((await problems(page)).join(), /dòng 12.*\/ban_an\/ngay_ban_an.*MAPPING_VALUE/);
    await page.locator("#problems button").click();
    assert.equal(await theirs.evaluate((area) => area.value.slice(0, area.selectionStart).split("\n").length), 12);
    await picture(page, "refused");
  },

  async "a node shows its rule and lights both sides, by mouse and by keyboard"() {
    const page = await open();
    await verdict(page, "Đọc được.");
    const theirs = text(page, "theirs");
    await theirs.focus();
    await page.keyboard.press("Control+Home");
    for (let line = 1; line < 11; line += 1) await page.keyboard.press("ArrowDown");
    await page.locator("#here", { hasText: "/ban_an/so_ban_an" }).waitFor();
    assert.match(await page.locator("#here").textContent(), /field theirs="so_ban_an" ours="number".*ruling-json\.xml/);
    for (const side of ["theirs", "rules", "ours"])
      assert.equal(await page.locator(`#${side} .band.lit`).count(), 1, side);
    await picture(page, "lit");
    // The rule stands in a file that is included: it is shown, not written.
    await page.locator("#here button").click();
    await holds(text(page, "rules"), "<code-list name=\"loai-van-ban\"");
    assert.equal(await page.locator("#rules .band.lit").count(), 1);
    assert.equal(await text(page, "rules").getAttribute("aria-readonly"), "true");
    await picture(page, "part");
    await page.locator("#part").selectOption("");
    await holds(text(page, "rules"), "id=\"court-json/ruling\"");
    const ours = text(page, "ours");
    await ours.evaluate((area) => area.scrollTo(0, 0));
    await ours.hover({ position: { x: 60, y: 6 + 3 * 20 + 10 } });
    await page.locator("#here", { hasText: "/ma_thong_diep" }).waitFor();
    // What is only shown cannot be changed, but walked through.
    const before = await ours.inputValue();
    await ours.focus();
    await page.keyboard.type("x");
    assert.equal(await ours.inputValue(), before);
  },

  async "it writes out and says what does not go out"() {
    const page = await open();
    await verdict(page, "Đọc được.");
    await page.getByLabel("ghi ra").check();
    await verdict(page, "Ghi ra được.");
    const ours = text(page, "ours");
    assert.match(await text(page, "theirs").inputValue(), /"so_ban_an": "34\/2025\/HC-ST"/);
    const rules = text(page, "rules");
    await rules.fill((await rules.inputValue()).replace(/<use part="ruling"\/>/, "<use part=\"ruling\"/>"));
    await ours.fill((await ours.inputValue()).replace("\"envelope\": {", "\"envelope\": {\n    \"thread\": \"H-1\","));
    await page.locator("#left-out li", { hasText: "envelope/thread" }).waitFor();
    assert.equal(await page.locator("#ours .band.left").count(), 1);
    await judge(page, "written out");
    await picture(page, "out");
    await page.getByLabel("đọc vào").check();
    await verdict(page, "Đọc được.");
  },

  async "a delivered format is a start, and so is a draft"() {
    const page = await open({ colorScheme: "dark" });
    await verdict(page, "Đọc được.");
    await page.locator("#formats option[value='court-xml/ruling/mapping.xml']").waitFor({ state: "attached" });
    await page.locator("#formats").selectOption("court-xml/ruling/mapping.xml");
    await holds(text(page, "theirs"), "ChuyenGiaoBanAn ");
    await verdict(page, "Đọc được.");
    await page.locator("#samples").selectOption("bad-date.xml");
    await verdict(page, "Mẫu bị từ chối");
    await judge(page, "dark");
    await picture(page, "dark");
    await page.locator("#draft").click();
    await judge(page, "the draft's dialog");
    await page.locator("#draft-format").fill("Toà/án");
    await page.locator("#draft-go").click();
    await page.locator("#draft-problem", { hasText: "chữ thường" }).waitFor();
    await page.locator("#draft-format").fill("toa-an-moi/ban-an");
    await page.locator("#draft-go").click();
    await verdict(page, "Đã phác thảo");
    assert.match(await text(page, "rules").inputValue(), /id="toa-an-moi\/ban-an"/);
  },

  async "a draft is made of a table, too"() {
    const page = await open();
    await verdict(page, "Đọc được.");
    await page.locator("#theirs-file").setInputFiles(join(sources, "mappings/court-table/ruling/ok-month.xlsx"));
    await holds(text(page, "theirs"), "Tệp nhị phân");
    await page.locator("#draft").click();
    await page.locator("#draft-go").click();
    await verdict(page, "Đã phác thảo");
    await holds(text(page, "rules"), "theirs=\"table\"");
  },

  async "what only writes begins with a sample of ours"() {
    const page = await open();
    await verdict(page, "Đọc được.");
    await page.locator("#formats option[value='edxml/receipt/mapping.xml']").waitFor({ state: "attached" });
    await page.locator("#formats").selectOption("edxml/receipt/mapping.xml");
    await verdict(page, "Ghi ra được.");
    assert.ok(await page.getByLabel("ghi ra").isChecked());
    await holds(text(page, "theirs"), "<");
    await page.getByLabel("đọc vào").check();
    await verdict(page, "không đọc vào");
  },

  async "it saves to the named file and gives the file to take away"() {
    const page = await open({ acceptDownloads: true });
    await verdict(page, "Đọc được.");
    const rules = text(page, "rules");
    const changed = (await rules.inputValue()).replace("<body>", "<!-- của tôi -->\n  <body>");
    await rules.fill(changed);
    await verdict(page, "Đọc được.");
    await page.locator("#save").click();
    await verdict(page, "Đã ghi");
    assert.equal(readFileSync(mappingFile, "utf8"), changed);
    // Another format is not written over it unasked; the question is declined.
    await rules.fill(changed.replace("id=\"court-json/ruling\"", "id=\"court-json/other\""));
    await verdict(page, "Đọc được.");
    let question = "";
    page.once("dialog", (dialog) => { question = dialog.message(); return dialog.dismiss(); });
    await page.locator("#save").click();
    assert.match(question, /court-json\/other.*court-json\/ruling/);
    assert.equal(readFileSync(mappingFile, "utf8"), changed);
    await rules.fill(changed);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
    assert.equal(download.suggestedFilename(), "mapping.xml");
    assert.equal(readFileSync(await download.path(), "utf8"), changed);
  },

  async "it speaks English, and fits 320 pixels"() {
    const page = await open({ viewport: { width: 320, height: 700 } });
    await verdict(page, "Đọc được.");
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(await wide(), 320);
    await picture(page, "narrow");
    await page.locator("#language").selectOption("en");
    await verdict(page, "It is read.");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.equal(await wide(), 320);
    await judge(page, "narrow, English");
  },

  async "both languages have the same words"() {
    const page = await open();
    const lacking = await page.evaluate(async () => {
      const { texts } = await import("/texts.js");
      return Object.keys({ ...texts.vi, ...texts.en }).filter((name) => !texts.vi[name] || !texts.en[name]);
    });
    assert.deepEqual(lacking, []);
  },

  async "without the key nothing is told"() {
    const page = await open({}, base);
    await page.locator("#verdict", { hasText: "địa chỉ mà lệnh đã in ra" }).waitFor();
    assert.equal(await text(page, "rules").inputValue(), "");
    assert.match(said.pop(), /403/);
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    assert.deepEqual(said.splice(0), [], "the browser complains");
    assert.deepEqual(strangers.splice(0), [], "somebody else was asked");
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack ?? error}`);
    said.splice(0);
    strangers.splice(0);
  }
  await Promise.all(browser.contexts().map((context) => context.close()));
}
await browser.close();
program.kill("SIGINT");
await new Promise((done) => program.once("exit", done));
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
