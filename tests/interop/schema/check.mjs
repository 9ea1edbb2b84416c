// Compares the published JSON Schemas with the mappings, which are the contract at run time: what
// a mapping takes the schema takes, what it refuses the schema refuses.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const mappings = process.argv[2];
const read = (...path) => JSON.parse(readFileSync(join(mappings, ...path), "utf8"));
// strictRequired and strictTypes would forbid "required" beside "oneOf", which is what is meant.
const ajv = addFormats(new Ajv2020({ allErrors: true, strict: true, strictRequired: false,
                                     strictTypes: false }));
const caseModel = read("case-model", "case-model.schema.json");
const message = ajv.compile(caseModel);
const acts = ajv.compile(read("case-model", "case-acts.schema.json"));
const evidence = ajv.compile(read("case-model", "receipt.schema.json"));

let judged = 0;
const wrong = [];
function judgeData(schema, valid, data, place) {
  judged += 1;
  if (schema(data) === valid) return;
  wrong.push(`${place}: ${valid ? ajv.errorsText(schema.errors) : "was taken"}`);
}
const judge = (schema, valid, ...path) => judgeData(schema, valid, read(...path), path.join("/"));

// Acts that are data have a schema of their own.
const schemaOf = (data) =>
  "receipt" in data || "refusal" in data ? evidence
    : Object.keys(data).every((member) => member in caseModel.properties) ? message : acts;

const filesIn = (...path) => existsSync(join(mappings, ...path))
  ? readdirSync(join(mappings, ...path)).filter((name) => name.endsWith(".json")) : [];

const directoriesIn = (...path) => readdirSync(join(mappings, ...path), { withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map((entry) => entry.name);

for (const format of directoriesIn()) {
  for (const type of directoriesIn(format)) {
    // What mappings make of any format is the case model, or what the gateway answers.
    for (const name of filesIn(format, type, "expected"))
      if (name.startsWith("ok-")) {
        const path = [format, type, "expected", name];
        const data = read(...path);
        // Of a table each row is a message.
        for (const one of Array.isArray(data) ? data.map((row) => row.ours) : [data])
          // Answers in XML are judged by their XSD, where they are read and written.
          if (!("xml" in one)) judgeData(schemaOf(one), true, one, path.join("/"));
      }
    if (format !== "case-model-json") continue;
    for (const name of filesIn(format, type))
      judge(message, name.startsWith("ok-"), format, type, name);
  }
}
// A schema knows no calendar.
for (const type of directoriesIn("acts", "samples")) {
  judge(acts, true, "acts", "samples", type, "ok.json");
  const expected = join(mappings, "acts", "samples", type, "bad.expected");
  if (existsSync(expected))
    judge(acts, readFileSync(expected, "utf8").startsWith("DAY_TO_COME"),
          "acts", "samples", type, "bad.json");
}
for (const name of filesIn("case-model", "evidence"))
  judge(evidence, name.startsWith("ok-"), "case-model", "evidence", name);

if (judged < 100) wrong.push(`only ${judged} documents were found`);
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${judged} documents: schema and mappings agree`);
