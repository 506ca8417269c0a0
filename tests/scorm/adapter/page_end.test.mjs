// The page is hidden or ends: nothing may be lost, whatever still fits through the door.
import assert from "node:assert/strict";
import { test } from "node:test";

import { breathe } from "./fakes.mjs";
import { CYRILLIC, numbers, start } from "./started.mjs";

test("the page's end: written and sent in the same turn, with keepalive", async () => {
  const { courier, school, disk } = await start();
  courier.changed("cmi.suspend_data", "x".repeat(2_000));
  courier.lastWords();
  assert.equal(school.requests.length, 1); // before anything else could run
  assert.equal(school.requests[0].init.keepalive, true);
  await breathe();
  assert.equal(school.next("L1"), 2);
  assert.deepEqual(disk.opened, 1);
});

test("the page's end with more than 60,000 bytes stays on this computer, all of it", async () => {
  const { courier, school, disk } = await start();
  courier.changed("cmi.suspend_data", CYRILLIC);
  courier.lastWords();
  await breathe();
  assert.equal(school.requests.filter(({ init }) => init.keepalive).length, 0);
  assert.equal(JSON.parse([...disk.rows.values()][0].body).set["cmi.suspend_data"], CYRILLIC);
});

test("hidden and then ended: nothing is sent twice while it is on its way, and together it fits", async () => {
  const { courier, school } = await start();
  courier.changed("a", "x".repeat(40_000));
  courier.lastWords();
  courier.changed("b", "x".repeat(40_000));
  courier.lastWords();
  assert.deepEqual(numbers(school), [1]);
  await breathe();
});

test("content that finishes in its own end handler, after the page's, is not too late", async () => {
  const { courier, school, disk } = await start();
  courier.end(true);
  courier.changed("cmi.exit", "suspend");
  courier.commit();
  courier.finish();
  await Promise.resolve();
  assert.equal(school.requests.length, 1);
  assert.equal(school.requests[0].init.keepalive, true);
  await breathe();
  assert.deepEqual(school.state("L1"), { set: { "cmi.exit": "suspend" }, finish: true });
  assert.deepEqual(disk.seqs("L1"), []);
});

test("hidden and back again: the session goes on where it was", async () => {
  const { courier, clock, school, disk, states } = await start();
  for (const value of ["1", "2", "3"]) {
    courier.changed("cmi.location", value);
    courier.lastWords();
    await clock.pass(300);
  }
  courier.changed("cmi.location", "4");
  courier.commit();
  await clock.pass(5_000);
  assert.deepEqual(numbers(school), [1, 2, 3, 4]);
  assert.equal(school.state("L1").set["cmi.location"], "4");
  assert.deepEqual(disk.seqs("L1"), []);
  assert.equal(states.at(-1), "school");
});
