// What dead sessions left behind, and whole stories with faults and deaths.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Journal, replay } from "../../../scorm/adapter/dist/adapter.mjs";
import { Disk, seeded } from "./fakes.mjs";
import { numbers, start } from "./started.mjs";

test("what a dead session left is replayed in order under the host's permission, and then gone", async () => {
  const disk = new Disk();
  const { courier, clock, school, place } = await start({ disk });
  school.faults = Array(99).fill("before");
  courier.changed("cmi.location", "1");
  courier.commit();
  await clock.pass(100);
  courier.changed("cmi.location", "2");
  courier.finish();
  await clock.pass(300);
  school.faults = [];
  school.requests = [];
  const asked = [];
  const journal = await Journal.open(disk);
  const found = await replay(journal, place, async (launch) => {
    asked.push(launch);
    return { token: "replay", url: "/rt/commit?resume_of=L1" };
  });
  assert.deepEqual(asked, ["L1"]);
  assert.deepEqual(found, { sent: 2, kept: 0, foreign: 0 });
  assert.deepEqual(numbers(school), [1, 2]);
  assert.equal(school.requests[0].url, "/rt/commit?resume_of=L1");
  assert.deepEqual(school.state("L1"), { set: { "cmi.location": "2" }, finish: true });
  assert.equal(disk.rows.size, 0);
});

test("without permission or line a journal stays as it is", async () => {
  const disk = new Disk();
  const { courier, clock, school, place, journal } = await start({ disk });
  school.faults = Array(99).fill("before");
  courier.changed("cmi.location", "1");
  courier.lastWords();
  await clock.pass(10);
  assert.deepEqual(await replay(journal, place, async () => null), { sent: 0, kept: 1, foreign: 0 });
  assert.deepEqual(await replay(journal, place, async () => ({ token: "t" })), { sent: 0, kept: 1, foreign: 0 });
  assert.deepEqual(disk.seqs("L1"), [1]);
});

test("a draft the disk kept of a delta that has arrived is dropped, not sent over newer values", async () => {
  const disk = new Disk();
  const { school, place, journal } = await start({ disk });
  school.receive(JSON.stringify({ launch: "L9", seq: 1, set: { a: "2" } }));
  await journal.put({ launch: "L9", seq: 1, body: JSON.stringify({ launch: "L9", seq: 1, set: { a: "1" } }) });
  assert.deepEqual(await replay(journal, place, async () => ({ token: "t" })), { sent: 1, kept: 0, foreign: 0 });
  assert.deepEqual(school.state("L9").set, { a: "2" });
});

test("a number lost before it reached the disk does not hold up the ones after it", async () => {
  const { school, place, journal } = await start();
  await journal.put({ launch: "L9", seq: 3, body: JSON.stringify({ launch: "L9", seq: 3, set: { a: "3" }, finish: true }) });
  assert.deepEqual(await replay(journal, place, async () => ({ token: "t" })), { sent: 1, kept: 0, foreign: 0 });
  assert.deepEqual(school.state("L9"), { set: { a: "3" }, finish: true });
  assert.equal(JSON.parse(school.log.get("L9").get(1)).finish, undefined);
});

test("a launch that is loaded again goes on after what the journal has, and overwrites nothing", async () => {
  const disk = new Disk();
  const first = await start({ disk });
  first.school.faults = Array(9).fill("before");
  first.courier.changed("cmi.location", "1");
  first.courier.lastWords();
  await first.clock.pass(100);
  const second = await start({ disk });
  second.courier.changed("cmi.location", "2");
  await second.clock.pass(300);
  assert.deepEqual(disk.seqs("L1"), [1, 2]);
});

test("stories with random faults and browser deaths: in-order state, one row a number", async () => {
  const stories = Number(process.env.STORIES ?? 60);
  for (let seed = 1; seed <= stories; seed++) await story(seed);
});

async function story(seed) {
  const random = seeded(seed);
  const pick = (choices) => choices[Math.floor(random() * choices.length)];
  const disk = new Disk();
  const { courier, clock, school, place } = await start({ disk, random, host: { renew: async () => "t2" } });
  const bodies = new Map();
  const fetch = school.fetch;
  place.fetch = (url, init) => {
    const { seq } = JSON.parse(init.body);
    bodies.set(seq, (bodies.get(seq) ?? new Set()).add(init.body));
    return fetch(url, init);
  };
  const expected = {};
  for (let step = 0; step < 25; step++) {
    school.faults.push(pick(["before", "after", null, null, 503, 429, 401, 500]));
    const [element, value] = [`e${Math.floor(random() * 6)}`, String(step)];
    courier.changed(element, value);
    expected[element] = value;
    pick([() => courier.commit(), () => courier.lastWords(), () => {}, () => {}])();
    await clock.pass(pick([0, 10, 300, 1_500, 12_000]));
  }
  school.faults = [];
  if (random() < 0.5) {
    courier.finish();
    courier.wake(); // two refusals of the token in a row stop it until somebody signs in
    await clock.pass(120_000);
  } else {
    await clock.pass(400); // on the disk; then the browser dies, and its timers with it
    clock.timers.clear();
    await replay(await Journal.open(disk), place, async () => ({ token: "t" }));
  }
  assert.deepEqual(school.state("L1").set, expected, `seed ${seed}`);
  assert.equal(disk.rows.size, 0, `seed ${seed}`);
  for (const [seq, sent] of bodies) assert.equal(sent.size, 1, `seed ${seed}: number ${seq} with different bytes`);
}
