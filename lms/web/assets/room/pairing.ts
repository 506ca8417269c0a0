/** The task of a pair of schools, on a pupil's own device or on the shared computer for whoever has tapped their name. */
import { type Data, filled, type Now, type Pairs } from "./data.ts";
import type { Line } from "./line.ts";

export class Pairing {
  private pairs: Pairs | null = null;
  private answers = new Map<number, string>();
  private drawn = "";

  constructor(
    private readonly part: HTMLElement,
    private readonly data: Data,
    private readonly line: Line,
    private readonly who: () => string | null,
  ) {
    line.on("pairs", (pairs: Pairs) => this.open(pairs));
    line.on("unpair", () => this.open(null));
    line.on("ended", () => this.open(null));
    line.on("now", (now: Now) => this.open(now.pairs));
    line.on("pair", (said: { n: number; g: number; t: string }) => this.heard(said));
    this.open(data.now.pairs);
  }

  private open(pairs: Pairs | null): void {
    this.pairs = pairs;
    if (!pairs) this.answers.clear();
    for (const place of Object.keys(pairs?.a ?? {})) this.answers.set(Number(place), pairs!.a![place]!);
    this.draw();
  }

  private heard(said: { n: number; g: number; t: string }): void {
    if (said.n !== this.pairs?.n) return;
    this.answers.set(said.g, said.t);
    if (said.g === this.place()) this.show(said.t);
  }

  /** Which pair the reader is in; -1: none. */
  private place(): number {
    const me = (this.who() || this.data.who).replace(/-/g, "");
    return this.pairs && this.who() !== null ? this.pairs.g.findIndex((pair) => pair.some((one) => one[0] === me)) : -1;
  }

  draw(): void {
    const place = this.place();
    const now = place < 0 ? "" : `${this.pairs!.n} ${place} ${this.who()}`;
    this.part.hidden = place < 0;
    if (now === this.drawn) return;
    this.drawn = now;
    this.part.replaceChildren();
    if (place >= 0) this.part.append(this.form(place));
    this.show(this.answers.get(place) ?? "");
  }

  private form(place: number): HTMLFormElement {
    const form = document.createElement("form");
    form.className = "question";
    const me = (this.who() || this.data.who).replace(/-/g, "");
    const kk = document.documentElement.lang === "kk";
    const others = this.pairs!.g[place]!.filter((one) => one[0] !== me);
    const names = others.map((one) => `${one[1]}, ${this.pairs!.s[one[2]]![kk ? 0 : 1]}`).join("; ");
    const text = document.createElement("textarea");
    text.className = "form-control";
    text.name = "t";
    text.rows = 3;
    text.maxLength = 300;
    text.setAttribute("aria-label", this.data.texts["pair-answer"]!);
    const button = document.createElement("button");
    button.className = "primary";
    button.textContent = this.data.texts["pair-send"]!;
    form.append(line("h3", this.pairs!.t), line("p", filled(this.data.texts["pair-with"]!, { names })));
    form.append(this.theirs(), text, button, state());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(text.value.trim(), form);
    });
    return form;
  }

  private theirs(): HTMLElement {
    const part = line("p", "");
    part.dataset["theirs"] = "";
    part.setAttribute("role", "status");
    part.hidden = true;
    return part;
  }

  private send(text: string, form: HTMLFormElement): void {
    const words = form.querySelector("[data-state]")!;
    if (!text) {
      words.textContent = this.data.texts["choose"]!;
      return;
    }
    const pupil = this.who();
    this.answers.set(this.place(), text);
    void this.line.say("pair", { t: text, ...(pupil ? { p: pupil } : {}) });
    words.textContent = this.data.texts[this.line.online ? "sent" : "kept"]!;
  }

  /** What the pair has so far. Somebody who is typing keeps their own words and sees the other's above. */
  private show(said: string): void {
    const text = this.part.querySelector("textarea");
    const theirs = this.part.querySelector<HTMLElement>("[data-theirs]");
    if (!text || !theirs || !said || text.value.trim() === said) return;
    theirs.hidden = false;
    theirs.textContent = `${this.data.texts["pair-theirs"]} ${said}`;
    if (document.activeElement !== text) text.value = said;
  }
}

function line(tag: string, words: string): HTMLElement {
  const part = document.createElement(tag);
  part.textContent = words;
  return part;
}

function state(): HTMLElement {
  const part = line("p", "");
  part.dataset["state"] = "";
  part.setAttribute("role", "status");
  return part;
}
