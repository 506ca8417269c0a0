/**
 * A test that cannot be lost. Every answer goes into the journal of this computer at once and to the school within
 * seconds; what the school has not acknowledged is sent again until it has. The clock is the school's: this page
 * only measures how long ago the school said what time it is.
 */
import { Calculator } from "./aids.ts";
import { Break } from "./break.ts";
import { AnswerFile, Drawing, Spot } from "./fields.ts";
import { answered, fieldsOf, fill } from "./form.ts";
import { type Entry, type Journal, openJournal } from "./journal.ts";
import { Door } from "./sealed/opening.ts";

const TYPING = 700; // a pause in typing after which it is kept
const OFTEN = 1_200;
const SLOWEST = 15_000;
const BEAT = 30_000; // said even when nothing changes: the teacher sees who is there
const MOST = 50;
const LONG_PASTE = 200;
// A line that swallows what is sent says nothing at all: after this time, and the time of the slowest line, ask anew.
const PATIENCE = 20_000;
const SLOW_BYTE = 1;

interface Told {
  readonly state: "open" | "ended" | "superseded";
  readonly seqs: number[];
  readonly left: number | null;
  readonly beacon: string;
  readonly pause?: number;
}

class Exam {
  private readonly attempt: string;
  private readonly epoch: number;
  private readonly token: string;
  private beacon: string;
  private beaconAt = performance.now();
  private endsAt: number | null = null;
  private seq = 0;
  private waiting: Entry[] = [];
  private sending = false;
  private pause = OFTEN;
  private away = 0;
  private pasted = 0;
  private handingIn = false;
  private finishing = false;
  private leaving = false;
  private over = false;
  private lastSent = 0;
  private next = 0; // the one timer of sending
  private timers = new Map<string, number>();
  private kept = new Map<string, string>();
  private readonly rest: Break;

  constructor(
    private readonly page: HTMLElement,
    private readonly journal: Journal,
  ) {
    this.attempt = page.dataset["attempt"] ?? "";
    this.epoch = Number(page.dataset["epoch"]);
    this.beacon = page.dataset["beacon"] ?? "";
    this.token = page.querySelector<HTMLInputElement>("[name=csrf_token]")?.value ?? "";
    const clock = page.querySelector<HTMLElement>(".exam-clock");
    if (clock) this.endsAt = performance.now() + 1000 * Number(clock.dataset["deadline"]);
    this.rest = new Break(page, () => this.askForBreak());
  }

  /** Only with the line there: the clock is the school's, and so is its rest. */
  private async askForBreak(): Promise<void> {
    this.keepAll();
    await this.post("break", {});
  }

  async begin(): Promise<void> {
    for (const question of this.questions()) this.kept.set(this.numberOf(question), JSON.stringify(fieldsOf(question)));
    await this.restore();
    this.show();
    this.listen();
    this.showMap();
    this.tick();
    setInterval(() => this.tick(), 1000);
    await this.post("ready", {});
    void this.send();
  }

  /** What a killed browser left behind stands on the page again, and goes to the school. */
  private async restore(): Promise<void> {
    this.waiting = await this.journal.all(this.attempt);
    // Numbers are never used twice, not even by a page that was closed before it heard an answer.
    this.seq = Math.max(Date.now() % 1_000_000_000, ...this.waiting.map((one) => one.seq));
    for (const entry of this.waiting) {
      const question = this.question(entry.number);
      if (question && entry.epoch === this.epoch) {
        fill(question, entry.fields);
        this.kept.set(String(entry.number), JSON.stringify(fieldsOf(question)));
      }
    }
  }

  private listen(): void {
    const form = this.page.querySelector("form") as HTMLFormElement;
    form.addEventListener("input", (event) => this.soon(event.target));
    form.addEventListener("change", (event) => this.now(event.target));
    form.addEventListener("focusout", (event) => this.now(event.target));
    form.addEventListener("submit", (event) => this.handIn(event));
    form.addEventListener("paste", (event) => this.notePaste(event));
    addEventListener("online", () => this.hurry());
    addEventListener("pagehide", () => this.keepAll());
    document.addEventListener("visibilitychange", () => this.noteAway());
  }

  private soon(target: EventTarget | null): void {
    const question = (target as HTMLElement).closest<HTMLElement>(".exam-question");
    if (!question) return;
    const number = this.numberOf(question);
    // The first letter starts the wait; more letters do not put it off.
    if (!this.timers.has(number)) this.timers.set(number, window.setTimeout(() => this.keep(question), TYPING));
  }

  private now(target: EventTarget | null): void {
    const question = (target as HTMLElement).closest<HTMLElement>(".exam-question");
    if (question) this.keep(question);
  }

  private keepAll(): void {
    for (const question of this.questions()) this.keep(question);
  }

  private keep(question: HTMLElement): void {
    const number = this.numberOf(question);
    window.clearTimeout(this.timers.get(number));
    this.timers.delete(number);
    const fields = fieldsOf(question);
    const text = JSON.stringify(fields);
    if (this.over || this.kept.get(number) === text) return;
    this.kept.set(number, text);
    const since = Math.round(performance.now() - this.beaconAt);
    const entry = { attempt: this.attempt, epoch: this.epoch, seq: ++this.seq, number: Number(number), fields, beacon: this.beacon, since };
    this.waiting.push(entry);
    this.page.querySelector<HTMLElement>(".exam-state")!.dataset["state"] = "keeping"; // until this computer has it
    void this.journal.add(entry).finally(() => this.show());
    this.showMap();
    this.sendIn(OFTEN / 4);
  }

  private sendIn(milliseconds: number): void {
    window.clearTimeout(this.next);
    this.next = window.setTimeout(() => void this.send(), milliseconds);
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    const entries = this.waiting.filter((one) => one.epoch === (this.waiting[0]?.epoch ?? this.epoch)).slice(0, MOST);
    const epoch = entries[0]?.epoch ?? this.epoch;
    const due = entries.length > 0 || this.away > 0 || performance.now() - this.lastSent > BEAT;
    const { away, pasted } = this;
    if (due && (await this.post("answers", { epoch, entries, away, pasted }, entries))) {
      this.away -= away;
      this.pasted -= pasted;
      this.lastSent = performance.now();
      this.pause = OFTEN;
    } else if (due) {
      this.pause = Math.min(this.pause * 1.6, SLOWEST);
    }
    this.sending = false;
    this.show();
    if (this.handingIn && !this.waiting.length) return this.handOver();
    this.sendIn(this.pause);
  }

  private hurry(): void {
    this.pause = OFTEN;
    void this.send();
  }

  /** True when the school has what was sent. */
  private async post(way: "ready" | "answers" | "break", body: object, entries: Entry[] = []): Promise<boolean> {
    const text = JSON.stringify(body);
    const patience = new AbortController();
    const waited = window.setTimeout(() => patience.abort(), PATIENCE + SLOW_BYTE * text.length);
    try {
      const answer = await fetch(this.page.dataset[way] ?? "", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
        body: text,
        redirect: "manual",
        signal: patience.signal,
      });
      if (!answer.ok) return this.failed(answer.status < 500 && answer.status !== 429 ? "signedOut" : "offline");
      await this.heard((await answer.json()) as Told, entries);
      return true;
    } catch {
      return this.failed("offline");
    } finally {
      window.clearTimeout(waited);
    }
  }

  private failed(said: "offline" | "signedOut"): false {
    this.notice(said === "offline" ? "saidOffline" : "saidSignedOut");
    return false;
  }

  private async heard(told: Told, entries: Entry[]): Promise<void> {
    this.beacon = told.beacon;
    this.beaconAt = performance.now();
    this.endsAt = told.left === null ? null : performance.now() + 1000 * told.left;
    const known = new Set(told.seqs);
    this.waiting = this.waiting.filter((one) => !entries.includes(one) || !known.has(one.seq));
    if (entries.length) await this.journal.drop(this.attempt, entries[0]!.epoch, told.seqs);
    this.notice(null);
    this.rest.told(told.pause ?? 0);
    if (told.state === "superseded") this.stop("saidSuperseded");
    if (told.state === "ended") this.leave();
  }

  private stop(said: string): void {
    this.over = true;
    this.notice(said);
    for (const field of this.page.querySelectorAll<HTMLInputElement>("form input, form select, form textarea, form button")) {
      if (field.type !== "hidden") field.disabled = true;
    }
  }

  private handIn(event: Event): void {
    event.preventDefault();
    this.keepAll();
    this.handingIn = true;
    this.notice("saidSending");
    this.hurry();
  }

  /** Once, however many ways lead here: the timer of sending may come while the answer is on its way. */
  private handOver(): void {
    if (this.finishing) return;
    this.finishing = true;
    window.clearTimeout(this.next);
    void this.finish();
  }

  private async finish(): Promise<void> {
    try {
      const answer = await fetch(this.page.dataset["handIn"] ?? "", {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.token },
      });
      if (answer.ok) return this.leave();
    } catch {
      // asked again below
    }
    this.notice("saidSending");
    window.setTimeout(() => void this.finish(), 3_000);
  }

  /** A second call would break off the first. */
  private leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    location.assign(this.page.dataset["result"] ?? "/");
  }

  private tick(): void {
    const clock = this.page.querySelector<HTMLElement>(".exam-clock");
    if (!clock || this.endsAt === null) return;
    const left = Math.max(0, this.endsAt - performance.now());
    const text = (part: number): string => String(Math.floor(part)).padStart(2, "0");
    const shown = `${text(left / 60_000)}:${text((left / 1000) % 60)}`;
    if (clock.textContent !== shown) clock.textContent = shown;
    clock.classList.toggle("exam-clock-short", left < 300_000);
    if (left === 0 && !this.handingIn && !this.over) {
      this.keepAll();
      this.stop("saidOver");
      this.handingIn = true;
      this.hurry();
    }
  }

  private noteAway(): void {
    if (document.hidden) {
      this.keepAll();
      if (this.page.dataset["watch"]) this.away += 1;
    }
  }

  private notePaste(event: ClipboardEvent): void {
    const length = event.clipboardData?.getData("text").length ?? 0;
    if (this.page.dataset["watch"] && length >= LONG_PASTE) this.pasted += length;
  }

  private notice(said: string | null): void {
    const box = this.page.querySelector<HTMLElement>(".exam-notice")!;
    if (said === null && this.over) return;
    const text = said ? (this.page.dataset[said] ?? "") : "";
    if (box.textContent !== text) box.textContent = text;
    box.hidden = !text;
  }

  private show(): void {
    const state = this.page.querySelector<HTMLElement>(".exam-state")!;
    const count = this.waiting.length;
    const text = count ? (this.page.dataset["saidHere"] ?? "").replace("{n}", String(count)) : (this.page.dataset["saidSchool"] ?? "");
    state.dataset["state"] = count ? "here" : "school";
    if (state.textContent !== text) state.textContent = text;
  }

  private showMap(): void {
    let open = 0;
    for (const question of this.questions()) {
      const done = answered(fieldsOf(question));
      if (!done) open += 1;
      this.page.querySelector(`.exam-map [data-number="${this.numberOf(question)}"]`)?.classList.toggle("done", done);
    }
    this.page.querySelector(".exam-left")!.textContent = open ? (this.page.dataset["saidUnanswered"] ?? "").replace("{n}", String(open)) : "";
  }

  private questions(): NodeListOf<HTMLElement> {
    return this.page.querySelectorAll<HTMLElement>(".exam-question");
  }

  private question(number: number): HTMLElement | null {
    return this.page.querySelector<HTMLElement>(`#question-${number}`);
  }

  private numberOf(question: HTMLElement): string {
    return question.dataset["number"] ?? "";
  }
}

function fieldsBeyondText(within: ParentNode, exam?: HTMLElement): void {
  for (const one of within.querySelectorAll<HTMLElement>("[data-module=spot]")) new Spot(one);
  for (const one of within.querySelectorAll<HTMLElement>("[data-module=drawing]")) new Drawing(one);
  if (exam) for (const one of within.querySelectorAll<HTMLElement>("[data-module=answer-file]")) new AnswerFile(one, exam);
  for (const one of within.querySelectorAll<HTMLElement>("[data-module=calculator]")) new Calculator(one);
}

function start(page: HTMLElement): void {
  fieldsBeyondText(page, page);
  void openJournal().then((journal) => new Exam(page, journal).begin());
}

const page = document.querySelector<HTMLElement>("[data-exam]");
const door = document.querySelector<HTMLElement>("[data-parcel]");
if (page) start(page);
else if (door) new Door(door, start);
else fieldsBeyondText(document);
