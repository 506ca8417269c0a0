/** The side of a school: who is here, names to tap on the shared computer, and the plan that goes on without a line. */
import { Asking } from "./asking.ts";
import { type Asked, type Data, filled, find, type Now } from "./data.ts";
import type { Line } from "./line.ts";
import { Pairing } from "./pairing.ts";
import type { Stage } from "./stage.ts";

/** Names of the class. Ticked ones count as present for as long as this page lives. */
export class Roll {
  readonly present = new Set<string>();
  private readonly key: string;

  constructor(
    readonly part: HTMLElement,
    data: Data,
  ) {
    this.key = `present ${data.room} ${part.dataset["school"] ?? ""}`;
    for (const one of restored(this.key)) this.present.add(one);
    for (const box of part.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) {
      box.checked = this.present.has(box.value);
      box.addEventListener("change", () => this.mark(box.value, box.checked));
    }
  }

  mark(pupil: string, here = true): void {
    if (here) this.present.add(pupil);
    else this.present.delete(pupil);
    const box = find<HTMLInputElement>(`input[value="${pupil}"]`, this.part);
    if (box) box.checked = here;
    try {
      sessionStorage.setItem(this.key, JSON.stringify([...this.present]));
    } catch {
      // A browser that keeps nothing: the names are tapped again after a reload.
    }
  }

  beat(): Record<string, unknown> {
    return { p: [...this.present].slice(0, 60) };
  }
}

function restored(key: string): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]") as string[];
  } catch {
    return [];
  }
}

/** The shared computer: a tap on a name says who raises a hand or answers next. */
export class Tap {
  private chosen: string | null = null;
  private readonly buttons: HTMLButtonElement[];

  constructor(
    private readonly part: HTMLElement,
    data: Data,
    private readonly line: Line,
    private readonly roll: Roll,
  ) {
    this.buttons = [...part.querySelectorAll<HTMLButtonElement>("button[data-pupil]")];
    const asking = new Asking(find("[data-asking]")!, data, line, () => this.chosen, (pupil) => this.done(pupil));
    const pairing = new Pairing(find("[data-pairing]", part)!, data, line, () => this.chosen);
    for (const button of this.buttons) {
      button.addEventListener("click", () => {
        this.choose(button.dataset["pupil"]!);
        asking.draw();
        pairing.draw();
      });
    }
    find("[data-hand]", part)?.addEventListener("click", () => this.hand());
    line.on("seen", (told: { p: string }) => this.done(told.p));
    line.on("asked", () => this.buttons.forEach((one) => one.classList.remove("answered")));
    line.on("now", (now: Now) => now.seen?.forEach((pupil) => this.done(pupil)));
    data.now.seen?.forEach((pupil) => this.done(pupil));
    line.on("turn", (pupil: string) => {
      for (const one of this.buttons) {
        const speaks = one.dataset["pupil"]!.replace(/-/g, "") === pupil;
        one.classList.toggle("speaking", speaks);
        if (speaks) one.classList.remove("hand"); // whoever has the turn need not ask for it
      }
    });
  }

  private choose(pupil: string): void {
    this.chosen = pupil;
    this.roll.mark(pupil);
    for (const one of this.buttons) one.setAttribute("aria-pressed", String(one.dataset["pupil"] === pupil));
    find<HTMLElement>("[data-chosen]", this.part)!.hidden = false;
    find("[data-chosen-name]", this.part)!.textContent = this.button(pupil)?.textContent?.trim() ?? "";
  }

  private hand(): void {
    if (!this.chosen) return;
    const button = this.button(this.chosen);
    const up = !button?.classList.contains("hand");
    button?.classList.toggle("hand", up);
    void this.line.say(up ? "hand" : "lower", { p: this.chosen });
  }

  private done(pupil: string): void {
    this.button(pupil)?.classList.add("answered");
  }

  private button(pupil: string): HTMLButtonElement | undefined {
    return this.buttons.find((one) => one.dataset["pupil"] === pupil);
  }
}

/** The plan of the lesson. When the line is gone the class turns its own pages and goes on. */
export class Script {
  private began: number;
  private own = false;

  constructor(
    private readonly part: HTMLElement,
    private readonly data: Data,
    private readonly line: Line,
    private readonly stage: Stage,
  ) {
    this.began = performance.now() - data.now.minute * 1000;
    line.on("began", () => (this.began = performance.now()));
    line.on("now", (now: Now) => (this.began = performance.now() - now.minute * 1000));
    line.on("gone", () => this.alone(true));
    line.on("returned", () => this.alone(false));
    line.on("outside", (told: { there: boolean }) => this.alone(!told.there));
    line.on("now", (now: Now) => now.outside !== undefined && this.alone(!now.outside));
    this.alone(data.now.outside === false);
    part.addEventListener("click", (event) => {
      const wanted = (event.target as Element).closest<HTMLElement>("[data-own-ask]");
      if (wanted) this.ask(JSON.parse(wanted.dataset["ownAsk"]!) as Asked);
    });
    find("[data-before]", part)?.addEventListener("click", () => this.turn(-1));
    find("[data-after]", part)?.addEventListener("click", () => this.turn(1));
    setInterval(() => this.tick(), 5_000);
    this.tick();
  }

  private alone(own: boolean): void {
    this.own = own;
    find<HTMLElement>("[data-own]", this.part)!.hidden = !own;
    this.tick();
  }

  private turn(by: number): void {
    const number = this.stage.slide + by;
    if (number < 1 || number > this.data.slides.length) return;
    this.stage.show(number);
    if (this.data.local) void this.line.say("lead", { s: number });
  }

  /** A prepared question, asked by the teacher in the class; the hub hears of it when the line is back. */
  private ask(asked: Asked): void {
    void this.line.say("opened", { q: asked.q });
    this.line.tell("ask", asked);
  }

  private tick(): void {
    const minutes = this.data.now.phase === "planned" && !this.own ? -1 : (performance.now() - this.began) / 60_000;
    let from = 0;
    for (const [place, step] of this.data.script.entries()) {
      const row = find(`[data-step="${place}"]`, this.part);
      const now = minutes >= from && minutes < from + step.minutes;
      row?.toggleAttribute("data-now", now);
      if (now) row?.setAttribute("aria-current", "step");
      else row?.removeAttribute("aria-current");
      from += step.minutes;
    }
  }
}

/** What the line is doing, in words. */
export class Lamp {
  constructor(part: HTMLElement, data: Data, line: Line) {
    const show = (): void => {
      const name = line.signedOut ? "signed-out" : line.online ? "online" : "offline";
      part.dataset["lamp"] = name;
      const more = line.waiting && !line.online ? ` ${filled(data.texts["waiting"]!, { number: line.waiting })}` : "";
      part.textContent = data.texts[name]! + more;
    };
    line.on("state", show);
    show();
    const outside = find("[data-outside]");
    const tell = (there: boolean | undefined): void => {
      if (outside) outside.hidden = there !== false;
    };
    line.on("outside", (told: { there: boolean }) => tell(told.there));
    line.on("now", (now: Now) => tell(now.outside));
    tell(data.now.outside);
    line.on("brought", (told: { done: number }) => {
      const place = find("[data-brought]");
      if (place) place.textContent = filled(data.texts["brought"]!, { done: told.done, all: data.slides.length });
    });
    line.on("line", (told: { t: string }) => {
      const place = find("[data-word]");
      if (!place) return;
      place.hidden = false;
      place.textContent = told.t;
    });
    line.on("refused", (code: string) => {
      const place = find("[data-refused]");
      if (place) place.textContent = data.texts[code] ?? "";
    });
  }
}


