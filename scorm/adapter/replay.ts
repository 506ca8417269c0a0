/** At the next start: what earlier sessions left in the journal goes to school, number by number. */

import { send } from "./courier.ts";
import type { Entry, Journal } from "./journal.ts";
import type { Permit, World } from "./world.ts";

export interface Replayed {
  /** entries the server now has */
  readonly sent: number;
  /** entries that stay here: no permission yet, no line, or refused */
  readonly kept: number;
  /** of those, how many are somebody else's: this token will never let them in */
  readonly foreign: number;
}

const FOREIGN = 403;

/** The host says under which token a launch's entries may be sent; null: not now, they stay. */
export type Permission = (launch: string) => Promise<Permit | null>;

/** A session that is still alive in another tab loses nothing by this: its courier renumbers (409). */
export async function replay(journal: Journal, world: World, permission: Permission): Promise<Replayed> {
  const byLaunch = new Map<string, Entry[]>();
  for (const entry of await journal.all()) {
    byLaunch.set(entry.launch, [...(byLaunch.get(entry.launch) ?? []), entry]);
  }
  let sent = 0;
  let kept = 0;
  let foreign = 0;
  for (const [launch, entries] of byLaunch) {
    const permit = await permission(launch).catch(() => null);
    const { done, last } = permit ? await replayLaunch(journal, world, permit, entries) : { done: 0, last: 0 };
    sent += done;
    kept += entries.length - done;
    if (last === FOREIGN) foreign += entries.length - done;
  }
  return { sent, kept, foreign };
}

/** How many entries of one launch arrived; the first that does not ends it, for order's sake, with its answer. */
async function replayLaunch(
  journal: Journal, world: World, permit: Permit, entries: Entry[],
): Promise<{ done: number; last: number }> {
  let done = 0;
  let last = 200;
  for (const entry of entries) {
    last = await deliver(world, permit, entry);
    if (last !== 200) break;
    await journal.remove(entry.launch, entry.seq);
    done++;
  }
  return { done, last };
}

async function deliver(world: World, permit: Permit, entry: Entry): Promise<number> {
  let status = 0;
  for (let tries = 0; tries < 3; tries++) {
    const reply = await send(world, permit, entry.body);
    status = reply.status;
    const { answer } = reply;
    // Other bytes under this number: the sealed delta arrived as the page ended, and this is its earlier draft.
    if (status === 200 || (status === 409 && answer["code"] !== "superseded")) return 200;
    const wanted = answer["next"];
    if (status !== 202 || typeof wanted !== "number" || wanted >= entry.seq) return status;
    for (let seq = wanted; seq < entry.seq; seq++) await send(world, permit, nothing(entry.body, seq));
  }
  return status;
}

/** An empty delta in place of a number that was lost before it reached the disk. */
function nothing(body: string, seq: number): string {
  return JSON.stringify({ ...(JSON.parse(body) as object), seq, set: {}, finish: undefined, move: undefined, target: undefined });
}
