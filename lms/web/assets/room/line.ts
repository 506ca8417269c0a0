/**
 * The line between this device and the lesson. What is said goes into the journal first and is sent until it is
 * acknowledged; what is heard comes as events and, where there is no event service, by asking every few seconds.
 */
import type { Data, Now } from "./data.ts";
import { Journal } from "./journal.ts";

type Hear = (data: any) => void;
const KINDS = [
  "page", "point", "ink", "wipe", "timer", "ask", "close", "call", "quiet", "away", "back", "line", "began", "ended",
  "stir", "still", "pairs", "pair", "unpair", "reload", "outside", "seen",
];
const POLL = 3_000;
const PATIENCE = 20_000;
const LONGEST_PAUSE = 15_000;
const BEAT = 60_000;

export class Line {
  online = true;
  signedOut = false;
  waiting = 0;
  rtt = 0;
  drops = 0;
  private readonly journal = new Journal();
  private readonly hearing = new Map<string, Hear[]>();
  private source: EventSource | null = null;
  private sending = false;
  private pause = 1_000;
  private failed = false;
  private goneSince = 0;
  private polling = 0;
  private sign: () => Record<string, unknown> | null = () => null;

  constructor(private readonly data: Data) {}

  async start(beat: () => Record<string, unknown> | null): Promise<void> {
    await this.journal.open();
    void this.journal.sweep();
    this.listen(this.data.live);
    window.addEventListener("online", () => void this.flush());
    window.addEventListener("offline", () => {
      this.failed = true; // the browser is sure of it; no second try is needed
      this.lost();
    });
    this.sign = beat;
    setInterval(() => this.beat(), BEAT);
    this.beat();
    void this.flush();
  }

  on(kind: string, hear: Hear): void {
    this.hearing.set(kind, [...(this.hearing.get(kind) ?? []), hear]);
  }

  tell(kind: string, data: unknown = {}): void {
    for (const hear of this.hearing.get(kind) ?? []) hear(data);
  }

  async say(kind: string, data: Record<string, unknown> = {}): Promise<void> {
    await this.journal.add(this.data.room, this.data.who, kind, data);
    this.waiting += 1;
    this.tell("state");
    await this.flush();
  }

  /** Passes by: a pointer that comes late is worse than none. */
  pass(kind: "point" | "still", data: Record<string, unknown>): void {
    if (this.sending || !this.online) return;
    void this.post([{ n: 0, k: kind, d: data, s: 0 }]).catch(() => undefined);
  }

  private beat(): void {
    const said = this.sign();
    if (!said) return;
    void this.say("beat", { ...said, r: Math.round(this.rtt), x: this.drops });
    this.drops = 0;
  }

  async flush(): Promise<void> {
    if (this.sending || this.signedOut) return;
    this.sending = true;
    try {
      for (;;) {
        const words = await this.journal.waiting(this.data.room, this.data.who, 20);
        this.waiting = words.length;
        this.tell("state");
        if (!words.length) break;
        const said = words.map((one) => ({ n: one.n, k: one.kind, d: one.data, s: (Date.now() - one.at) / 1000 }));
        const answer = await this.post(said);
        if (!answer) break;
        const refused = Object.keys(answer.not).map(Number);
        await this.journal.forget([...answer.done, ...refused]);
        for (const number of refused) this.tell("refused", answer.not[number]);
      }
      this.pause = 1_000;
    } catch {
      this.lost();
      setTimeout(() => void this.flush(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    } finally {
      this.sending = false;
    }
  }

  private async post(say: unknown[]): Promise<{ done: number[]; not: Record<string, string> } | null> {
    const began = performance.now();
    const answer = await timed(this.data.say, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ t: this.data.ticket, v: this.journal.device, say }),
    });
    if (answer.status === 403) {
      this.signedOut = true;
      this.tell("state");
      return null;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    this.rtt = performance.now() - began;
    this.found();
    return (await answer.json()) as { done: number[]; not: Record<string, string> };
  }

  private listen(address: string): void {
    this.source?.close();
    const source = new EventSource(address, { withCredentials: true });
    this.source = source;
    source.onopen = () => {
      this.stopPolling();
      this.found();
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.poll();
      else if (this.failed) this.lost();
      void this.flush();
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        this.found();
        if (kind === "reload") void this.ask();
        else this.tell(kind, (JSON.parse((event as MessageEvent<string>).data) as { data: unknown }).data);
      });
    }
  }

  /** No event service here, or the ticket is too old: ask, and try again to listen now and then. */
  private poll(): void {
    if (this.polling) return;
    let times = 0;
    this.polling = window.setInterval(() => {
      times += 1;
      void this.ask(times % 20 === 0);
    }, POLL);
    void this.ask();
  }

  private stopPolling(): void {
    clearInterval(this.polling);
    this.polling = 0;
  }

  async ask(listenAgain = false): Promise<void> {
    try {
      const answer = await timed(this.data.state, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = (await answer.json()) as { now: Now; live: string };
      this.found();
      this.tell("now", told.now);
      if (listenAgain) this.listen(told.live);
    } catch {
      this.lost();
    }
  }

  private lost(): void {
    if (this.online && this.failed) {
      this.online = false;
      this.goneSince = Date.now();
      this.drops += 1;
      this.tell("gone");
      this.tell("state");
    }
    this.failed = true;
  }

  private found(): void {
    this.failed = false;
    if (this.online) return;
    this.online = true;
    const seconds = Math.round((Date.now() - this.goneSince) / 1000);
    if (this.data.role === "staff" && !this.data.local) void this.say("own", { n: seconds });
    this.beat(); // so that the break is on record even when the lesson ends within a minute
    this.tell("returned", seconds);
    this.tell("state");
    void this.ask();
  }
}

async function timed(address: string, wanted: RequestInit): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(address, { ...wanted, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}
