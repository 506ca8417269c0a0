// The data-model steps the engine is tested with, replayed against the adapter as it is built for the page.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Session, faceOf, model } from "../../../scorm/adapter/dist/adapter.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const shared = process.env.LMS_SHARED || join(root, "../shared");
const outlet = { changed() {}, commit: () => true, finish: () => true };
const text = (value) => (typeof value === "object" ? value.char.repeat(value.times) : String(value));

function faceFor(version, store = { values: {} }) {
  return faceOf(new Session({ version, store }, model(version), outlet));
}

function named(face, method) {
  return face[method] ?? face[method === "Terminate" ? "LMSFinish" : `LMS${method}`];
}

function ask(face, { method, element, arg, value }) {
  const said = [element, arg, value].filter((one) => one !== undefined).map(text);
  return [named(face, method)(...said), named(face, "GetLastError")()];
}

const folder = join(root, "tests/conformance/datamodel");
for (const file of readdirSync(folder).sort()) {
  for (const { clause, version, launch, commands } of JSON.parse(readFileSync(join(folder, file), "utf8"))) {
    test(`${version} ${clause}`, () => {
      const face = faceFor(version, launch);
      commands.forEach((step, number) => {
        const expected = [text(step.expected), step.error];
        assert.deepEqual(ask(face, step), expected, `step ${number}: ${JSON.stringify(step).slice(0, 200)}`);
      });
    });
  }
}

const probes = join(shared, "conformance/scorm12/probes.json");
if (existsSync(probes)) {
  test("at least 95 of 100 probes of SCORM 1.2 answer as ADL's model does", () => {
    const all = JSON.parse(readFileSync(probes, "utf8"));
    const parted = all.filter((probe) => !agrees(probe));
    console.log(`1.2 probes: ${all.length - parted.length} of ${all.length}`);
    for (const { op, element, value } of parted) console.log("  parts:", op, element, JSON.stringify(value)?.slice(0, 60));
    assert.ok(parted.length <= all.length * 0.05);
  });
}

function agrees({ op, element, value, setup, ret, error, check, allow = [] }) {
  const face = faceFor("1.2");
  face.LMSInitialize("");
  for (const [name, what] of setup.map((one) => (Array.isArray(one) ? one : [one.element, one.value]))) {
    face.LMSSetValue(name, text(what));
  }
  let got = null;
  if (op !== "get") got = ask(face, { method: "SetValue", element, value });
  if (op !== "set") got = ask(face, { method: "GetValue", element });
  const fits = ([result, code]) => (check === "error" || got[0] === result) && got[1] === code;
  return fits([text(ret), error]) || allow.some((one) => fits([text(one.ret), one.error]));
}
