/**
 * The only file that talks. It takes what the content sets, has it on this computer within a quarter of a second
 * and at school within ten, exactly once: numbered deltas, one at a time, whose bytes do not change once sent.
 */

import { type Delta, Deltas, type Weight } from "./deltas.ts";
import type { Journal } from "./journal.ts";
import type { Outlet } from "./session.ts";
import type { Answers, Host, Permit, Reply, State, Ticket, World } from "./world.ts";

export const JOURNAL_AFTER = 250;
export const SEND_WITHIN = 10_000;
export const POST_EVERY = 1_000;
/** Commit and Terminate usually come together; one request then carries both. */
const GATHER = 50;
/** Browsers refuse more than 64 KiB of keepalive bodies in flight. */
export const KEEPALIVE_MOST = 60_000;
const LONGEST_PAUSE = 60_000;
const HEAD_OF_REPLY = 30_000;

export class Courier implements Outlet {
  private readonly deltas: Deltas;
  private token: string;
  private state: State = "school";
  private draftSaved = true;
  private drafts = 0;
  private journalTimer: unknown = null;
  private sendTimer: unknown = null;
  private sendAt = Infinity;
  private due = false;
  private lastPost = -Infinity;
  private pauseUntil = -Infinity;
  private failures = 0;
  private stopped = "";
  private ending = false;
  private readonly waiting: (() => void)[] = [];
  /** what leaves with the page, and its size: together these have a limit */
  private readonly lastFlights = new Map<Delta, number>();

  constructor(
    private readonly ticket: Ticket,
    private readonly world: World,
    private readonly journal: Journal | null,
    private readonly host: Host = {},
  ) {
    this.token = ticket.token;
    const first = Math.max(ticket.seq ?? 1, journal?.firstFree(ticket.launch) ?? 1);
    this.deltas = new Deltas(ticket.launch, ticket.std, first, () => world.date());
  }

  // -- what the session calls, synchronously ---------------------------------------------------------------

  changed(element: string, value: string, weight: Weight = "plain"): void {
    if (this.deltas.clashes(element, value, weight)) this.seal();
    this.deltas.add(element, value, weight);
    this.touched();
  }

  /** Whether what was set so far is on its way to the disk or to the school. */
  commit(): boolean {
    if (this.stopped && !this.journal) return false;
    if (this.deltas.opened) {
      this.writeDraft();
      this.due = true;
    }
    this.wakeIn(GATHER);
    return true;
  }

  finish(): boolean {
    this.deltas.end();
    this.touched();
    return this.commit();
  }

  /** The learner moves on: what the content has said rides along, and nothing waits for the second's pause. */
  move(move: string, target?: string): void {
    this.deltas.move(target === undefined ? { move } : { move, target });
    this.lastPost = -Infinity;
    this.touched();
    this.writeDraft();
    this.due = true;
    this.pump();
  }

  // -- what the page calls ---------------------------------------------------------------------------------

  /** The page is hidden or ends: everything into the journal at once, and out of the door what fits. */
  lastWords(): void {
    if (this.deltas.opened) this.seal(false);
    const unsaved = this.deltas.sealed.filter(({ saved }) => !saved);
    if (unsaved.length) this.rescue(unsaved);
    if (this.stopped) return;
    let room = KEEPALIVE_MOST - this.flyingLast;
    for (const delta of this.deltas.sealed) {
      const size = new TextEncoder().encode(delta.body).length;
      if (size > room || this.lastFlights.has(delta)) continue;
      room -= size;
      void this.post(delta, size);
    }
  }

  /** The page goes away; content that finishes in its own end handlers comes after this. false: it came back. */
  end(ends: boolean): void {
    this.ending = ends;
    if (ends) this.lastWords();
  }

  /** The line is back, or the learner asks: try now. */
  wake(): void {
    if (this.stopped === "signed-out") this.stopped = "";
    this.pauseUntil = -Infinity;
    this.due ||= this.deltas.opened;
    this.pump();
  }

  /** Until everything is at school, sending has stopped, or the time is over. */
  async settled(ms: number): Promise<State> {
    if (this.deltas.empty || this.stopped) return this.state;
    await new Promise<void>((resolve) => {
      const timer = this.world.setTimeout(resolve, ms);
      this.waiting.push(() => (this.world.clearTimeout(timer), resolve()));
    });
    return this.state;
  }

  /** Any other question to the server under this launch's token: a move, a sign of life. */
  ask(url: string, body: unknown): Promise<Reply> {
    return this.deliver({ url, token: this.token }, JSON.stringify(body), {});
  }

  // -- to the disk -----------------------------------------------------------------------------------------

  private touched(): void {
    this.draftSaved = false;
    this.drafts++;
    if (this.ending) void Promise.resolve().then(() => this.lastWords()); // no timer runs any more
    this.journalTimer ??= this.world.setTimeout(() => this.writeDraft(), JOURNAL_AFTER);
    this.wakeIn(SEND_WITHIN);
    this.tell();
  }

  private writeDraft(): void {
    if (this.journalTimer !== null) this.world.clearTimeout(this.journalTimer);
    this.journalTimer = null;
    if (!this.deltas.opened || this.draftSaved || !this.journal) return;
    const written = this.drafts;
    void this.journal.put(this.deltas.draft()).then((saved) => {
      if (written === this.drafts) this.draftSaved = saved;
      if (!saved) this.journalTimer ??= this.world.setTimeout(() => this.writeDraft(), POST_EVERY); // the disk may recover
      this.tell();
    });
  }

  private seal(write = true): Delta {
    const delta = this.deltas.seal();
    delta.saved = this.draftSaved && this.journal !== null;
    this.drafts++;
    this.draftSaved = true;
    this.due = false;
    if (write && !delta.saved) this.write(delta);
    return delta;
  }

  private write(delta: Delta): void {
    if (!this.journal) return;
    delta.written = this.journal.put(this.entry(delta)).then((saved) => {
      delta.saved = saved;
      this.tell();
    });
  }

  private rescue(deltas: readonly Delta[]): void {
    void this.journal?.putNow(deltas.map((delta) => this.entry(delta))).then((saved) => {
      for (const delta of deltas) delta.saved ||= saved;
      this.tell();
    });
  }

  private entry({ seq, body }: Delta): { launch: string; seq: number; body: string } {
    return { launch: this.ticket.launch, seq, body };
  }

  // -- to the school ---------------------------------------------------------------------------------------

  private wakeIn(ms: number): void {
    const at = this.world.now() + ms;
    if (at >= this.sendAt) return;
    if (this.sendTimer !== null) this.world.clearTimeout(this.sendTimer);
    this.sendAt = at;
    this.sendTimer = this.world.setTimeout(() => {
      this.sendTimer = null;
      this.sendAt = Infinity;
      this.due ||= this.deltas.opened;
      this.pump();
    }, ms);
  }

  /** Sends the oldest delta when nothing speaks against it; otherwise looks again when that may have changed. */
  private pump(): void {
    const busy = this.deltas.sealed.some(({ flying }) => flying > 0);
    if (this.stopped || busy || (!this.deltas.sealed.length && !this.due)) return;
    const ready = Math.max(this.lastPost + POST_EVERY, this.pauseUntil);
    const wait = ready - this.world.now();
    if (wait > 0) return this.wakeIn(wait);
    const delta = this.deltas.sealed[0];
    if (delta && !delta.saved) this.write(delta); // the disk may have recovered
    void this.post(delta ?? this.seal(), 0);
  }

  private get flyingLast(): number {
    return [...this.lastFlights.values()].reduce((sum, size) => sum + size, 0);
  }

  /** `last`: the size of a body that must leave with the page; 0: an ordinary request. */
  private async post(delta: Delta, last: number): Promise<void> {
    delta.flying++;
    if (last) this.lastFlights.set(delta, last);
    else await Promise.race([delta.written, this.pause(2_000)]); // the disk first; a stuck disk must not hold the line
    this.lastPost = this.world.now();
    const permit = { ...this.ticket, token: this.token };
    const reply = await this.deliver(permit, delta.body, last ? { keepalive: true } : {});
    delta.flying--;
    this.lastFlights.delete(delta);
    if (this.deltas.sealed.includes(delta)) this.settle(delta, reply);
    this.tell();
    this.pump();
  }

  private async deliver(permit: Permit, body: string, more: RequestInit): Promise<Reply> {
    const reply = await send(this.world, permit, body, more);
    if (reply.status !== 401 || !(await this.renew())) return reply;
    return send(this.world, { ...permit, token: this.token }, body, more);
  }

  private async renew(): Promise<boolean> {
    const token = (await this.host.renew?.().catch(() => null)) ?? null;
    if (token !== null) this.token = token;
    return token !== null;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.world.setTimeout(resolve, ms));
  }

  // -- what the answers mean (protection: exactly once) ----------------------------------------------------

  private settle(delta: Delta, reply: Reply): void {
    const { status, answer } = reply;
    if (status === 200) return this.acknowledged(delta, answer);
    if (status === 202) return this.held(delta, reply);
    if (status === 401) return this.stop("signed-out");
    if (status === 409) return answer["code"] === "superseded" ? this.stop("superseded") : this.renumber(delta);
    if (status === 413) return this.halve(delta, reply);
    if (status >= 400 && status < 500 && status !== 429) this.host.onTrouble?.(`refused ${status}`);
    this.backOff(reply);
  }

  private acknowledged(delta: Delta, answer: Answers): void {
    this.failures = 0;
    this.deltas.drop(delta);
    void this.journal?.remove(this.ticket.launch, delta.seq);
    this.host.onAnswer?.(answer);
  }

  /** 202: kept there, but an earlier number is missing. Send that one, empty when nobody has it any more. */
  private held(delta: Delta, reply: Reply): void {
    const wanted = reply.answer["next"];
    const known = this.deltas.sealed.some(({ seq }) => seq === wanted);
    if (typeof wanted === "number" && wanted < delta.seq && !known) this.write(this.deltas.fill(wanted));
    this.backOff(reply);
  }

  /** The server knows this number with other bytes (a replay from a second tab): the same values, a new number. */
  private renumber(delta: Delta): void {
    this.deltas.reopen(delta);
    void this.journal?.remove(this.ticket.launch, delta.seq);
    this.touched();
    this.due = true;
  }

  private halve(delta: Delta, reply: Reply): void {
    const half = this.deltas.halve(delta);
    if (!half) {
      this.host.onTrouble?.(`too-large ${[...delta.set.keys()].join()}`);
      return this.backOff(reply);
    }
    this.write(half);
    this.touched();
    this.due = true;
  }

  private backOff(reply: Reply): void {
    this.failures++;
    const grown = Math.min(POST_EVERY * 2 ** Math.min(this.failures - 1, 6), LONGEST_PAUSE);
    this.pauseUntil = this.world.now() + Math.max(grown * (0.75 + this.world.random() / 2), reply.retryAfter);
  }

  private stop(code: string): void {
    this.stopped = code;
    this.host.onTrouble?.(code);
  }

  // -- the indicator ---------------------------------------------------------------------------------------

  private tell(): void {
    const { empty, opened, sealed } = this.deltas;
    const here = sealed.every(({ saved }) => saved) && (!opened || this.draftSaved);
    const state = empty ? "school" : here && this.journal ? "computer" : "unsaved";
    if (state !== this.state) this.host.onState?.((this.state = state));
    if (empty || this.stopped) this.waiting.splice(0).forEach((done) => done());
  }
}

/** One request, whatever becomes of it. Half-open lines do not hold it for ever. */
export async function send(world: World, permit: Permit, body: string, more: RequestInit = {}): Promise<Reply> {
  const cut = new AbortController();
  const patience = world.setTimeout(() => cut.abort(), HEAD_OF_REPLY + body.length);
  try {
    const response = await world.fetch(permit.url ?? "/rt/commit", {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${permit.token}` },
      body,
      credentials: "omit",
      cache: "no-store",
      signal: cut.signal,
      ...more,
    });
    const found: unknown = await response.json().catch(() => null);
    const answer = typeof found === "object" && found !== null ? (found as Answers) : {};
    return { status: response.status, answer, retryAfter: retryAfter(response.headers) };
  } catch {
    return { status: 0, answer: {}, retryAfter: 0 };
  } finally {
    world.clearTimeout(patience);
  }
}

/** Retry-After in milliseconds. A date is read against the server's own, not against this computer's. */
function retryAfter(headers: Headers): number {
  const said = headers.get("Retry-After");
  if (!said) return 0;
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.parse(headers.get("Date") ?? "");
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 15 * LONGEST_PAUSE) : 0;
}
