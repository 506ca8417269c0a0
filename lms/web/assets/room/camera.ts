/**
 * Answer cards through the camera of the teacher's phone: what two looks in a row agree about is an answer. Whoever
 * holds one up is here, and their minutes count from then on.
 */
import { Known, read } from "./cards.ts";
import { type Asked, type Data, filled, find, type Now } from "./data.ts";
import type { Line } from "./line.ts";

const LOOK = 250;
const WIDEST = 960;

export class CardReader {
  private asked: Asked | null;
  private stream: MediaStream | null = null;
  private timer = 0;
  private before = new Map<number, number>();
  private readonly said = new Map<string, number>();
  private readonly video: HTMLVideoElement;
  private readonly canvas = document.createElement("canvas");

  constructor(
    private readonly part: HTMLElement,
    private readonly data: Data,
    private readonly line: Line,
    private readonly here: (pupil: string) => void,
  ) {
    this.video = find<HTMLVideoElement>("video", part)!;
    this.asked = data.now.ask;
    line.on("ask", (asked: Asked) => this.open(asked));
    line.on("close", () => this.open(null));
    line.on("now", (now: Now) => this.open(now.ask));
    find("[data-scan]", part)!.addEventListener("click", () => void this.toggle());
    this.tell();
  }

  private open(asked: Asked | null): void {
    if (asked?.q !== this.asked?.q) {
      this.said.clear();
      for (const one of this.part.querySelectorAll("[data-card]")) one.classList.remove("answered");
    }
    this.asked = asked;
    this.tell();
  }

  private async toggle(): Promise<void> {
    if (this.stream) {
      this.stop();
      return;
    }
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1280 } };
      this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
    } catch {
      this.words("no-camera");
      return;
    }
    find("[data-scan]", this.part)!.setAttribute("aria-pressed", "true");
    this.video.hidden = false;
    this.video.srcObject = this.stream;
    await this.video.play();
    this.timer = window.setInterval(() => this.look(), LOOK);
  }

  private stop(): void {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.hidden = true;
    find("[data-scan]", this.part)!.setAttribute("aria-pressed", "false");
  }

  private get cards(): [number, number, string][] {
    const chosen = find<HTMLSelectElement>("select", this.part)?.value ?? Object.keys(this.data.cards!)[0]!;
    return this.data.cards![chosen] ?? [];
  }

  private look(): void {
    const asked = this.asked;
    if (!asked || asked.k !== "single" || !this.video.videoWidth) return;
    const width = Math.min(this.video.videoWidth, WIDEST);
    const height = Math.round((this.video.videoHeight * width) / this.video.videoWidth);
    Object.assign(this.canvas, { width, height });
    const pen = this.canvas.getContext("2d", { willReadFrequently: true })!;
    pen.drawImage(this.video, 0, 0, width, height);
    const points = pen.getImageData(0, 0, width, height).data;
    const data = new Uint8Array(width * height);
    for (let at = 0; at < data.length; at += 1) {
      data[at] = (points[4 * at]! * 77 + points[4 * at + 1]! * 150 + points[4 * at + 2]! * 29) >> 8;
    }
    const cards = this.cards;
    const now = new Map<number, number>();
    for (const one of read({ data, width, height }, new Known(cards))) {
      now.set(one.card, one.letter);
      const pupil = cards.find((card) => card[0] === one.card)![2];
      if (this.before.get(one.card) === one.letter && one.letter < asked.o.length) this.answer(asked, pupil, one.letter);
    }
    this.before = now;
  }

  /** Whoever turns the card over has thought again: the last answer counts. */
  private answer(asked: Asked, pupil: string, letter: number): void {
    if (this.said.get(pupil) === letter) return;
    this.said.set(pupil, letter);
    this.here(pupil);
    void this.line.say("answer", { q: asked.q, a: [String(letter)], p: pupil });
    find(`[data-card="${pupil}"]`, this.part)?.classList.add("answered");
    this.tell();
  }

  private tell(): void {
    if (!this.asked) this.words("cards-wait");
    else if (this.asked.k !== "single") this.words("cards-other");
    else this.words("cards-read", { number: this.said.size });
  }

  private words(code: string, values: Record<string, number> = {}): void {
    find("[role=status]", this.part)!.textContent = filled(this.data.texts[code]!, values);
  }
}
