/**
 * A form that saves itself while one types: first on the device, a moment later on the server. Savings are numbered,
 * so that one which comes twice counts once; a block somebody else has changed meanwhile is not overwritten.
 */
import { drop, keep } from "./store.ts";

const TO_DEVICE = 250;
const DEVICE_AT_LAST = 500; // whoever types without a pause is not waited for
const TO_SERVER = 1_200;
const SERVER_AT_LAST = 4_000;
const LONGEST_PAUSE = 30_000;

interface Saved {
  revision: number;
  conflict?: boolean;
  missing?: string[];
}

export class Autosave {
  private number = 0;
  private pause = TO_SERVER;
  private dirty = false;
  private since = 0; // the first key that is not on the device yet
  private unsent = 0; // and the first that is not at school
  private busy = false;
  private stopped = false;
  private device: ReturnType<typeof setTimeout> | undefined;
  private server: ReturnType<typeof setTimeout> | undefined;
  private readonly page = Math.random().toString(36).slice(2) + Date.now().toString(36);
  private readonly state: HTMLElement | null;
  private readonly key: string;

  constructor(private readonly element: HTMLElement) {
    this.state = element.querySelector(".save-state");
    this.key = `draft:${this.form.action}:${new FormData(this.form).get("in")}`;
    element.addEventListener("input", () => this.typed());
    element.addEventListener("change", () => this.typed());
    element.addEventListener("settled", () => this.dirty && !this.stopped && this.toDevice());
    this.form.addEventListener("submit", () => this.stop());
    addEventListener("pagehide", () => this.dirty && !this.stopped && void this.send(true));
    addEventListener("online", () => this.dirty && void this.send());
  }

  private get form(): HTMLFormElement {
    return this.element as HTMLFormElement;
  }

  private typed(): void {
    if (this.stopped) return;
    this.dirty = true;
    this.say("");
    clearTimeout(this.device);
    clearTimeout(this.server);
    const now = performance.now();
    this.since ||= now;
    this.unsent ||= now;
    this.device = setTimeout(() => this.toDevice(), Math.max(0, Math.min(TO_DEVICE, this.since + DEVICE_AT_LAST - now)));
    this.server = setTimeout(() => void this.send(), Math.max(0, Math.min(this.pause, this.unsent + Math.max(SERVER_AT_LAST, this.pause) - now)));
  }

  private toDevice(text = this.text()): string {
    clearTimeout(this.device);
    this.since = 0;
    void keep(this.key, text);
    return text;
  }

  /** Pressing the button takes over: nothing is sent beside it. */
  private stop(): void {
    this.stopped = true;
    clearTimeout(this.device);
    clearTimeout(this.server);
    void drop(this.key);
  }

  /** Every copy has a number of its own: one that another tab finds on the device cannot pass for a later one. */
  private text(): string {
    const data = new FormData(this.form);
    data.set("page", this.page);
    data.set("number", String((this.number += 1)));
    const pairs = Array.from(data.entries()).filter((pair): pair is [string, string] => typeof pair[1] === "string");
    return new URLSearchParams(pairs).toString();
  }

  private async send(last = false): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.dirty = false;
    this.unsent = 0;
    const body = this.toDevice();
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    const ask = { method: "POST", headers, body, keepalive: last && body.length < 60_000 };
    const answer = await fetch(this.form.action, ask).catch(() => null);
    this.busy = false;
    if (answer?.ok) await this.saved((await answer.json()) as Saved);
    else if (answer?.status === 409) this.conflict();
    else this.later();
  }

  private async saved(told: Saved): Promise<void> {
    const base = this.form.querySelector<HTMLInputElement>("input[name=base]");
    if (base) base.value = String(told.revision);
    this.pause = TO_SERVER;
    if (this.dirty) return this.typed();
    await drop(this.key);
    this.say(`${this.element.dataset["saved"]} ${(told.missing ?? []).join(" ")}`);
  }

  private conflict(): void {
    this.stopped = true;
    this.say(this.element.dataset["conflict"] ?? "");
  }

  private later(): void {
    this.dirty = true;
    this.say(this.element.dataset["here"] ?? "");
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.server = setTimeout(() => void this.send(), this.pause);
  }

  private say(words: string): void {
    if (this.state && this.state.textContent !== words) this.state.textContent = words;
  }
}
