// The faces content finds, and the life of a session behind them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Journal, Session, faceOf, follow, launch, model, show } from "../../../scorm/adapter/dist/adapter.mjs";
import { Disk, breathe, world } from "./fakes.mjs";

function recorder(able = true) {
  const heard = { changed: {}, commits: 0, finished: 0 };
  return {
    heard,
    changed: (element, value) => (heard.changed[element] = value),
    commit: () => (heard.commits++, able),
    finish: () => (heard.finished++, able),
  };
}

const session = (version, values = {}, outlet = recorder(), onTerminate) =>
  new Session({ version, store: { values } }, model(version), outlet, onTerminate);

test("content finds only its own version's object, with that version's names", () => {
  const page = {};
  show(page, session("1.2"));
  assert.deepEqual([typeof page.API.LMSInitialize, typeof page.API.LMSFinish, page.API_1484_11], ["function", "function", undefined]);
  show(page, session("2004"));
  assert.deepEqual([page.API_1484_11.version, typeof page.API_1484_11.Terminate, page.API], ["1.0", "function", undefined]);
  show(page, null);
  assert.deepEqual(Object.keys(page), []);
});

test("every call may be taken off its object, and answers a text whatever it is given", () => {
  const { Initialize, SetValue, GetValue, GetLastError } = faceOf(session("2004"));
  assert.equal(Initialize(), "true");
  assert.equal(SetValue("cmi.score.scaled", 0.5), "true");
  assert.equal(GetValue("cmi.score.scaled"), "0.5");
  assert.equal(SetValue("cmi.location", undefined), "true");
  assert.equal(SetValue("cmi.success_status", true), "false");
  assert.equal(GetLastError(), "406");
});

test("a late call from content that is gone ends in its own session and changes nothing in the next", () => {
  const page = {};
  const [first, second] = [recorder(), recorder()];
  const one = session("2004", {}, first);
  show(page, one);
  const late = page.API_1484_11;
  late.Initialize("");
  one.close();
  assert.equal(first.heard.finished, 1);
  show(page, session("2004", {}, second));
  page.API_1484_11.Initialize("");
  const answered = ["SetValue", "GetValue", "Commit", "Terminate", "Initialize"].map((name) => {
    const result = late[name](name.endsWith("Value") ? "cmi.location" : "", "late");
    return [result, late.GetLastError()];
  });
  assert.deepEqual(answered, [["false", "133"], ["", "123"], ["false", "143"], ["false", "113"], ["false", "104"]]);
  assert.deepEqual(second.heard, { changed: {}, commits: 0, finished: 0 });
  assert.equal(page.API_1484_11.GetValue("cmi.location"), "");
});

test("a session that was never begun cannot be begun after it was closed", () => {
  const outlet = recorder();
  const gone = session("1.2", {}, outlet);
  gone.close();
  assert.equal(faceOf(gone).LMSInitialize(""), "false");
  assert.equal(outlet.heard.finished, 0);
});

test("review and browse mode keep nothing but still say where to go", () => {
  for (const mode of ["review", "browse"]) {
    const outlet = recorder();
    const face = faceOf(session("2004", { "cmi.mode": mode, "cmi.credit": "no-credit" }, outlet));
    face.Initialize("");
    assert.equal(face.SetValue("cmi.location", "5"), "true");
    assert.equal(face.GetValue("cmi.location"), "5");
    face.SetValue("adl.nav.request", "continue");
    assert.deepEqual(outlet.heard.changed, { "adl.nav.request": "continue" });
  }
});

test("Commit fails with the version's code when neither disk nor line takes anything", () => {
  for (const [version, commit, last, code] of [["1.2", "LMSCommit", "LMSGetLastError", "101"], ["2004", "Commit", "GetLastError", "391"]]) {
    const face = faceOf(session(version, {}, recorder(false)));
    (face.Initialize ?? face.LMSInitialize)("");
    assert.equal(face[commit](""), "false");
    assert.equal(face[last](), code);
  }
});

test("the pending request reaches the page after Terminate has answered, and only then", async () => {
  const heard = [];
  const face = faceOf(session("2004", {}, recorder(), (request) => heard.push(request)));
  face.Initialize("");
  face.SetValue("adl.nav.request", "{target=a.b}choice");
  face.Commit("");
  await breathe();
  assert.deepEqual(heard, []);
  assert.equal(face.Terminate(""), "true");
  assert.deepEqual(heard, []);
  await breathe();
  assert.deepEqual(heard, ["{target=a.b}choice"]);
});

async function launched(host = {}) {
  const place = world();
  const page = {};
  const given = { version: "2004", store: { values: {}, live: { "adl.nav.request_valid.continue": "false" }, access: {} } };
  const journal = await Journal.open(new Disk());
  const parts = launch(page, journal, { launch: "L1", token: "t", std: "2004" }, given, host, place);
  return { ...place, page, ...parts };
}

test("valid requests are answered at once from the last snapshot, and a commit's answer renews it", async () => {
  const { page, clock, school } = await launched();
  const face = page.API_1484_11;
  face.Initialize("");
  const ask = (what) => face.GetValue(`adl.nav.request_valid.${what}`);
  assert.deepEqual([ask("continue"), ask("previous"), ask("choice.{target=x}")], ["false", "unknown", "false"]);
  school.answer = { valid: { "adl.nav.request_valid.continue": "true", "adl.nav.request_valid.choice.{target=x}": "true" } };
  face.SetValue("cmi.location", "1");
  assert.equal(face.Commit(""), "true");
  assert.equal(ask("continue"), "false");
  await clock.pass(100);
  assert.deepEqual([ask("continue"), ask("choice.{target=x}"), face.GetLastError()], ["true", "true", "0"]);
});

test("an interaction that changes its type is sent so that the server can follow", async () => {
  const { page, clock, school } = await launched();
  const { Initialize, SetValue, Commit } = page.API_1484_11;
  Initialize("");
  const told = [["id", "q"], ["type", "choice"], ["learner_response", "a"], ["type", "numeric"], ["learner_response", "5"], ["id", "q"]];
  for (const [name, value] of told) assert.equal(SetValue(`cmi.interactions.0.${name}`, value), "true");
  Commit("");
  await clock.pass(3_000);
  const sets = school.requests.map(({ body }) => Object.entries(body.set).map(([name, value]) => [name.split(".").pop(), value]));
  assert.deepEqual(sets, [
    [["id", "q"], ["type", "choice"], ["learner_response", "a"]],
    [["type", "numeric"], ["learner_response", "5"], ["id", "q"]],
  ]);
});

test("Terminate's answer, with the next delivery, comes back to the page", async () => {
  const heard = [];
  const { page, clock, school } = await launched({ onAnswer: ({ moved }) => heard.push(moved) });
  school.answer = { moved: { deliver: "next" } };
  page.API_1484_11.Initialize("");
  page.API_1484_11.SetValue("adl.nav.request", "continue");
  page.API_1484_11.Terminate("");
  await clock.pass(100);
  assert.deepEqual(heard, [{ deliver: "next" }]);
  assert.deepEqual(school.state("L1"), { set: { "adl.nav.request": "continue" }, finish: true });
});

test("the page's own events lead to the last words, and following can be undone", async () => {
  const { page, courier, clock, school } = await launched();
  const window = Object.assign(new EventTarget(), { document: new EventTarget() });
  const undo = follow(window, courier);
  page.API_1484_11.Initialize("");
  const write = (value) => page.API_1484_11.SetValue("cmi.location", value);
  write("1");
  window.document.visibilityState = "visible";
  window.document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(school.requests.length, 0);
  window.document.visibilityState = "hidden";
  window.document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(school.requests.length, 1);
  await clock.pass(100);
  write("2");
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(school.requests.length, 2);
  await clock.pass(100);
  undo();
  write("3");
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(school.requests.length, 2);
});
