// Saving, as the commit protocol asks: on this computer within 250 ms, at school within 10 s, exactly once.
import assert from "node:assert/strict";
import { test } from "node:test";

import { CYRILLIC, numbers, start } from "./started.mjs";

test("a value is on the disk after 250 ms, strictly, and at school within ten seconds", async () => {
  const { courier, clock, disk, school, states } = await start();
  courier.changed("cmi.location", "3");
  await clock.pass(249);
  assert.deepEqual(disk.seqs("L1"), []);
  await clock.pass(1);
  assert.deepEqual(disk.seqs("L1"), [1]);
  assert.deepEqual([...disk.durability], ["strict"]);
  assert.equal(school.requests.length, 0);
  await clock.pass(9_750);
  assert.deepEqual(school.state("L1").set, { "cmi.location": "3" });
  assert.deepEqual(disk.seqs("L1"), []);
  assert.deepEqual(states, ["unsaved", "computer", "school"]);
});

test("the request is what the protocol says", async () => {
  const { courier, clock, school } = await start({ std: "1.2", seq: 7 });
  courier.changed("cmi.core.lesson_location", "3");
  courier.commit();
  await clock.pass(100);
  const [{ url, init, body }] = school.requests;
  assert.equal(url, "/rt/commit");
  assert.equal(init.headers.Authorization, "Bearer t1");
  assert.equal(init.credentials, "omit");
  assert.deepEqual(Object.keys(body), ["v", "launch", "seq", "std", "set", "client_time"]);
  assert.deepEqual({ ...body, client_time: "" }, {
    v: 1, launch: "L1", seq: 7, std: "1.2", set: { "cmi.core.lesson_location": "3" }, client_time: "",
  });
});

test("five hundred SetValues in a row make one write and one request", async () => {
  const { courier, clock, disk, school } = await start();
  for (let number = 0; number < 500; number++) courier.changed(`cmi.objectives.${number % 50}.id`, `o${number}`);
  courier.commit();
  await clock.pass(900);
  assert.equal(school.requests.length, 1);
  assert.equal(disk.writes, 2); // the draft, and its removal
  assert.equal(Object.keys(school.state("L1").set).length, 50);
});

test("an element keeps its first place in a delta, so that what it needs stands before it", async () => {
  const { courier, clock, school } = await start();
  courier.changed("cmi.interactions.0.id", "a");
  courier.changed("cmi.interactions.0.type", "choice");
  courier.changed("cmi.interactions.0.id", "b");
  courier.commit();
  await clock.pass(100);
  assert.deepEqual(Object.entries(school.requests[0].body.set), [
    ["cmi.interactions.0.id", "b"],
    ["cmi.interactions.0.type", "choice"],
  ]);
});

test("commits come at most once a second, one in flight, in order", async () => {
  const { courier, clock, school } = await start();
  for (let number = 0; number < 40; number++) {
    courier.changed("cmi.location", String(number));
    courier.commit();
    await clock.pass(100);
  }
  await clock.pass(2_000);
  const times = school.requests.map(({ at }) => at);
  assert.ok(times.every((at, index) => index === 0 || at - times[index - 1] >= 1_000), times.join());
  assert.deepEqual(numbers(school), numbers(school).map((_, index) => index + 1));
  assert.ok(numbers(school).length >= 4);
  assert.equal(school.state("L1").set["cmi.location"], "39");
});

test("an answer that is lost after the commit leads to the same bytes again and one row", async () => {
  const { courier, clock, school, disk } = await start();
  school.faults = ["after", "after", null];
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(100);
  courier.changed("cmi.location", "2");
  await clock.pass(20_000);
  const firsts = school.requests.filter(({ body }) => body.seq === 1).map(({ init }) => init.body);
  assert.equal(firsts.length, 3);
  assert.equal(new Set(firsts).size, 1);
  assert.equal(school.state("L1").set["cmi.location"], "2");
  assert.deepEqual(disk.seqs("L1"), []);
});

test("a cut line is tried again with growing pauses, and everything waits on this computer", async () => {
  const { courier, clock, school, disk, states } = await start();
  school.faults = Array(200).fill("before");
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(45 * 60_000); // a lesson without a line
  const pauses = school.requests.map(({ at }, index, all) => at - (all[index - 1]?.at ?? 0)).slice(1);
  assert.ok(pauses.every((pause) => pause <= 60_000), pauses.join());
  assert.ok(school.requests.length < 60, `${school.requests.length} requests`);
  assert.equal(states.at(-1), "computer");
  assert.deepEqual(disk.seqs("L1"), [1]);
  school.faults = [];
  courier.wake();
  await clock.pass(100);
  assert.equal(states.at(-1), "school");
});

test("429 and 503 are obeyed: nothing is sent before Retry-After", async () => {
  for (const status of [429, 503]) {
    const { courier, clock, school } = await start();
    school.faults = [status];
    school.headers = { "Retry-After": "30" };
    courier.changed("cmi.location", "1");
    courier.commit();
    await clock.pass(29_900);
    assert.equal(school.requests.length, 1);
    await clock.pass(1_000);
    assert.equal(school.requests.length, 2);
  }
});

test("Retry-After as a date is read against the server's clock", async () => {
  const { courier, clock, school } = await start();
  school.faults = [503];
  school.headers = { Date: "Sat, 21 Nov 2026 08:00:00 GMT", "Retry-After": "Sat, 21 Nov 2026 08:00:20 GMT" };
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(19_000);
  assert.equal(school.requests.length, 1);
  await clock.pass(2_000);
  assert.equal(school.requests.length, 2);
});

test("401 asks the page for a fresh token and goes on with it", async () => {
  const { courier, clock, school } = await start({ host: { renew: async () => "t2" } });
  school.faults = [401];
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(100);
  assert.deepEqual(school.requests.map(({ init }) => init.headers.Authorization), ["Bearer t1", "Bearer t2"]);
  assert.equal(school.state("L1").set["cmi.location"], "1");
});

test("401 without a fresh token stops sending, keeps the work here, and goes on after signing in", async () => {
  let token = null;
  const { courier, clock, school, disk, states, troubles } = await start({ host: { renew: async () => token } });
  school.faults = [401];
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(60_000);
  assert.deepEqual(troubles, ["signed-out"]);
  assert.equal(school.requests.length, 1);
  assert.equal(states.at(-1), "computer");
  assert.deepEqual(disk.seqs("L1"), [1]);
  assert.equal(courier.commit(), true);
  token = "t3";
  school.faults = [401];
  courier.wake();
  await clock.pass(100);
  assert.equal(states.at(-1), "school");
});

test("a launch taken over elsewhere stops sending and keeps its journal", async () => {
  const { courier, clock, school, disk, troubles } = await start();
  school.faults = [{ status: 409, answer: { code: "superseded" } }];
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(1_000);
  courier.changed("cmi.location", "2");
  await clock.pass(60_000);
  assert.deepEqual(troubles, ["superseded"]);
  assert.equal(school.requests.length, 1);
  assert.deepEqual(disk.seqs("L1"), [1, 2]);
});

test("without disk and without line Commit says so", async () => {
  const { courier, clock, school, states } = await start({ disk: null });
  school.faults = [{ status: 409, answer: { code: "superseded" } }];
  courier.changed("cmi.location", "1");
  assert.equal(courier.commit(), true);
  await clock.pass(1_000);
  assert.equal(courier.commit(), false);
  assert.equal(states.at(-1), "unsaved");
});

test("a number the server knows with other bytes: the same values go under a new number", async () => {
  const { courier, clock, school } = await start();
  school.receive(JSON.stringify({ launch: "L1", seq: 1, set: { "cmi.location": "draft" } }));
  courier.changed("cmi.location", "1");
  courier.changed("cmi.suspend_data", "s");
  courier.commit();
  await clock.pass(5_000);
  assert.deepEqual(school.state("L1").set, { "cmi.location": "1", "cmi.suspend_data": "s" });
});

test("202 for want of an earlier number: that number is sent, empty when nobody has it", async () => {
  const { courier, clock, school, disk } = await start({ seq: 3 });
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(30_000);
  assert.equal(school.next("L1"), 4);
  assert.deepEqual(school.state("L1").set, { "cmi.location": "1" });
  assert.deepEqual(disk.seqs("L1"), []);
});

test("413 halves the delta until it passes, losing nothing and keeping later values", async () => {
  const { courier, clock, school } = await start();
  school.faults = [413, 413];
  for (let number = 0; number < 8; number++) courier.changed(`e${number}`, "old");
  courier.commit();
  await clock.pass(60);
  courier.changed("e7", "new");
  await clock.pass(60_000);
  const expected = Object.fromEntries([...Array(8).keys()].map((number) => [`e${number}`, number === 7 ? "new" : "old"]));
  assert.deepEqual(school.state("L1").set, expected);
  assert.equal(school.next("L1"), 3);
});

test("a single value too large for the server is named, and stays here", async () => {
  const { courier, clock, school, troubles, states } = await start();
  school.faults = Array(99).fill(413);
  courier.changed("cmi.suspend_data", CYRILLIC);
  courier.commit();
  await clock.pass(10_000);
  assert.equal(troubles[0], "too-large cmi.suspend_data");
  assert.equal(states.at(-1), "computer");
});

test("a full disk is no reason to stop: the school gets it, and until then nothing is called saved", async () => {
  const { courier, clock, school, disk, states } = await start();
  disk.broken = true;
  school.faults = ["before"];
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(500);
  assert.deepEqual(states, ["unsaved"]);
  await clock.pass(10_000);
  assert.deepEqual(states, ["unsaved", "school"]);
});

test("a disk that recovers gets what it missed", async () => {
  const { courier, clock, school, disk, states } = await start();
  disk.broken = true;
  school.faults = Array(99).fill("before");
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(3_000);
  courier.changed("cmi.location", "2");
  await clock.pass(1_000);
  disk.broken = false;
  await clock.pass(30_000);
  assert.deepEqual(disk.seqs("L1"), [1, 2]);
  assert.deepEqual(states, ["unsaved", "computer"]);
});

test("Terminate closes the session in the same delta, even when nothing was set", async () => {
  const { courier, clock, school } = await start();
  courier.finish();
  await clock.pass(100);
  assert.equal(school.requests.length, 1);
  assert.equal(school.requests[0].body.finish, true);
  assert.deepEqual(school.requests[0].body.set, {});
});

test("Commit and Terminate in one breath are one request", async () => {
  const { courier, clock, school } = await start();
  courier.changed("cmi.location", "1");
  courier.commit();
  courier.changed("cmi.exit", "suspend");
  courier.finish();
  await clock.pass(5_000);
  assert.equal(school.requests.length, 1);
  assert.deepEqual(school.state("L1"), { set: { "cmi.location": "1", "cmi.exit": "suspend" }, finish: true });
});

test("the page can wait until everything is at school, and does not wait for ever", async () => {
  const { courier, clock, school } = await start();
  courier.changed("a", "1");
  courier.commit();
  const settled = courier.settled(5_000);
  await clock.pass(200);
  assert.equal(await settled, "school");
  school.faults = Array(99).fill("before");
  courier.changed("a", "2");
  const late = courier.settled(5_000);
  await clock.pass(6_000);
  assert.equal(await late, "computer");
});
