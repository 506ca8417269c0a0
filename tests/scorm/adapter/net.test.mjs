// The last moment: what a database would be too late for is caught, and comes into the journal at the next start.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Journal, Net } from "../../../scorm/adapter/dist/adapter.mjs";
import { Disk } from "./fakes.mjs";

class Kept {
  rows = new Map();
  get length() { return this.rows.size; }
  key(at) { return [...this.rows.keys()][at] ?? null; }
  getItem(name) { return this.rows.get(name) ?? null; }
  setItem(name, text) {
    if (this.full) throw new Error("QuotaExceededError");
    this.rows.set(name, text);
  }
  removeItem(name) { this.rows.delete(name); }
}

const ENTRY = { launch: "L1", seq: 3, body: '{"seq":3}' };

test("what was caught as the page went is in the journal afterwards, and only there", async () => {
  const kept = new Kept();
  kept.setItem("of the package itself", "x");
  new Net(kept).catch([ENTRY]);
  const journal = await Journal.open(new Disk(), new Net(kept));
  assert.deepEqual(await journal.all(), [ENTRY]);
  assert.equal(journal.firstFree("L1"), 4);
  assert.deepEqual([...kept.rows.keys()], ["of the package itself"]);
});

test("where the database was in time, or the school has it, nothing stays in the net", async () => {
  const kept = new Kept();
  const journal = await Journal.open(new Disk(), new Net(kept));
  assert.equal(await journal.putNow([ENTRY]), true);
  assert.equal(kept.length, 0);
  new Net(kept).catch([ENTRY]);
  await journal.remove("L1", 3);
  assert.equal(kept.length, 0);
});

test("a full or broken storage stands in nobody's way", async () => {
  const kept = new Kept();
  kept.full = true;
  const journal = await Journal.open(new Disk(), new Net(kept));
  assert.equal(await journal.putNow([ENTRY]), true);
});
