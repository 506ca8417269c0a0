/**
 * Notes which blocks were read and for how long. Every note lies on the device until the server has taken it, and has
 * a name of its own, so that one which is sent twice counts once.
 */
import { drop, keep, waiting } from "./store.ts";

const READ_AFTER = 1_200;
const STEP = 20_000;
const LONGEST_PAUSE = 60_000;
const TOGETHER = 100;

interface Note {
  kind: "opened" | "seen" | "time";
  mark: string;
  lesson: string;
  block?: string;
  seconds?: number;
  in: string;
}

export class Lesson {
  private readonly timers = new Map<Element, ReturnType<typeof setTimeout>>();
  private readonly prefix: string;
  private pause = 1_000;
  private sending = false;
  private since = performance.now();
  private count = 0;
  private readonly page = Math.random().toString(36).slice(2) + Date.now().toString(36);

  constructor(private readonly element: HTMLElement) {
    this.prefix = `event:${element.dataset["events"]}:`;
    this.fetchAhead();
    if (!element.dataset["events"]) return;
    this.note("opened");
    this.watch();
    setInterval(() => this.time(), STEP);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.time() : this.began()));
    addEventListener("online", () => void this.send());
    addEventListener("pagehide", () => this.time());
  }

  /** The next page is fetched when this one has settled; the browser keeps it for a few minutes. */
  private fetchAhead(): void {
    const next = this.element.dataset["ahead"];
    if (!next) return;
    const link = document.createElement("link");
    link.rel = "prefetch";
    link.href = next;
    setTimeout(() => document.head.append(link), 3_000);
  }

  private watch(): void {
    const blocks = this.element.querySelectorAll<HTMLElement>(".block:not([data-seen])");
    if (!("IntersectionObserver" in window)) return;
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) this.timers.set(entry.target, setTimeout(() => this.seen(entry.target, observer), READ_AFTER));
        else clearTimeout(this.timers.get(entry.target));
      }
    }, { rootMargin: "0px 0px -15% 0px" });
    blocks.forEach((one) => observer.observe(one));
  }

  private seen(element: Element, observer: IntersectionObserver): void {
    observer.unobserve(element);
    this.note("seen", { block: (element as HTMLElement).dataset["block"]! });
  }

  private began(): void {
    this.since = performance.now();
  }

  private time(): void {
    const seconds = Math.round((performance.now() - this.since) / 1000);
    this.began();
    if (seconds > 0 && seconds <= 2 * (STEP / 1000)) this.note("time", { seconds });
  }

  private note(kind: Note["kind"], more: Partial<Note> = {}): void {
    const mark = `${this.page}:${++this.count}`;
    const { lesson, in: language } = this.element.dataset as { lesson: string; in: string };
    const one: Note = { kind, mark, lesson, in: language, ...more };
    void keep(this.prefix + mark, one).then(() => this.send([one]));
  }

  private async send(fresh: Note[] = []): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    const kept = await waiting<Note>(this.prefix);
    const notes = (kept.length ? kept.map(([, one]) => one) : fresh).slice(0, TOGETHER);
    const done = notes.length === 0 || (await this.sent(notes));
    if (done) await Promise.all(notes.map((one) => drop(this.prefix + one.mark)));
    this.sending = false;
    this.line(done);
    if (!done) setTimeout(() => void this.send(), (this.pause = Math.min(this.pause * 2, LONGEST_PAUSE)));
    else if (kept.length > notes.length) void this.send();
    else this.pause = 1_000;
  }

  private async sent(notes: Note[]): Promise<boolean> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.element.dataset["token"]! };
    const ask = { method: "POST", headers, body: JSON.stringify(notes), keepalive: true };
    const answer = await fetch(this.element.dataset["events"]!, ask).catch(() => null);
    // A refusal will stay one: what the server does not want is not sent again and again.
    return Boolean(answer && (answer.ok || (answer.status >= 400 && answer.status < 500)));
  }

  private line(there: boolean): void {
    const words = document.getElementById("line");
    if (words) words.hidden = there;
  }
}
