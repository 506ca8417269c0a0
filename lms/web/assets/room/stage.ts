/** The page everybody looks at: slides that lie here already, ink and pointer over them, timer, rest for the eyes. */
import { type Called, clock, type Data, filled, find, type Now, type Stroke } from "./data.ts";
import type { Line } from "./line.ts";

const COLOURS = ["#c0392b", "#1f5fa8", "#1e7d45", "#1c2628", "#b36b00", "#7a3fa0"];
const POINTER_SECONDS = 3;

export class Stage {
  slide = 1;
  private readonly image: HTMLImageElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly here = new Map<number, string>();
  private strokes: Stroke[] = [];
  private ends = { timer: 0, away: 0 };
  private hide = 0;

  constructor(
    readonly root: HTMLElement,
    private readonly data: Data,
    private readonly line: Line,
  ) {
    this.image = find<HTMLImageElement>("img", root)!;
    this.canvas = find<HTMLCanvasElement>("canvas", root)!;
    new ResizeObserver(() => this.drawAll()).observe(root);
    setInterval(() => this.tick(), 500);
    if (data.role !== "teacher") {
      // The teacher's own turns and strokes are on the teacher's screen before they are on the line.
      line.on("page", (told: { s: number }) => this.show(told.s));
      line.on("ink", (stroke: Stroke) => this.ink(stroke));
    }
    line.on("wipe", (told: { s: number }) => told.s === this.slide && this.wipe());
    line.on("point", (told: { x: number; y: number }) => this.point(told.x, told.y));
    line.on("timer", (told: { n: number }) => this.count("timer", told.n));
    line.on("away", (told: { n: number }) => this.count("away", told.n));
    line.on("back", () => this.count("away", 0));
    line.on("call", (told: Called) => this.call(told));
    line.on("quiet", () => this.call(null));
    line.on("began", () => this.phase("live"));
    line.on("ended", () => this.phase("ended"));
    line.on("now", (now: Now) => this.take(now));
    this.take(data.now);
    void this.bring();
  }

  take(now: Now): void {
    this.show(now.slide);
    this.strokes = now.ink;
    this.drawAll();
    this.count("timer", now.timer);
    this.count("away", now.away);
    this.call(now.called);
    this.phase(now.phase);
  }

  show(number: number): void {
    const one = this.data.slides[number - 1];
    this.strokes = number === this.slide ? this.strokes : [];
    this.slide = number;
    this.root.dataset["slide"] = String(number);
    const label = find("[data-number]", this.root);
    if (label) label.textContent = `${number} / ${this.data.slides.length || 1}`;
    this.image.hidden = !one;
    if (one) {
      this.image.src = this.here.get(number) ?? one.url;
      this.image.width = one.w;
      this.image.height = one.h;
      this.image.alt = one.t || filled(this.data.texts["slide"]!, { number });
    }
    this.drawAll();
    this.line.tell("shown", number);
  }

  ink(stroke: Stroke): void {
    if (stroke.s !== this.slide) return;
    this.strokes.push(stroke);
    this.drawAll();
  }

  wipe(): void {
    this.strokes = [];
    this.drawAll();
  }

  /** All slides are brought before they are needed, one after the other; the newest state first on the line. */
  private async bring(): Promise<void> {
    let bytes = 0;
    for (const [place, one] of this.data.slides.entries()) {
      for (let again = 0; !this.here.has(place + 1) && again < 5; again += 1) {
        try {
          const answer = await fetch(one.url);
          if (!answer.ok) break;
          this.here.set(place + 1, URL.createObjectURL(await answer.blob()));
          bytes += one.bytes;
        } catch {
          await new Promise((later) => setTimeout(later, 3_000 * (again + 1)));
        }
      }
      this.line.tell("brought", { done: this.here.size, bytes });
    }
    const all = this.data.slides.length;
    if (all && this.here.size === all && (this.data.role === "pupil" || this.data.role === "staff")) {
      void this.line.say("ready", { n: all });
    }
  }

  private call(told: Called | null): void {
    const place = find("[data-called]", this.root);
    if (!place) return;
    place.hidden = !told;
    const school = told ? (document.documentElement.lang === "ru" ? told.ru : told.kk) : "";
    if (told) place.textContent = filled(this.data.texts["called"]!, { name: told.name, class: told.class, school });
    this.line.tell("turn", told?.p ?? "");
  }

  private phase(phase: Now["phase"]): void {
    this.root.dataset["phase"] = phase;
    const words = find("[data-phase-words]", this.root);
    if (words) {
      words.hidden = phase === "live";
      words.textContent = this.data.texts[phase] ?? "";
    }
  }

  private count(name: "timer" | "away", seconds: number): void {
    this.ends[name] = seconds ? performance.now() + seconds * 1000 : 0;
    this.tick();
  }

  private tick(): void {
    const timer = find("[data-timer]", this.root)!;
    timer.hidden = !this.ends.timer;
    if (this.ends.timer) timer.textContent = clock((this.ends.timer - performance.now()) / 1000);
    const dark = find("[data-away]", this.root)!;
    dark.hidden = !this.ends.away;
    const left = find("[data-away-left]", dark);
    if (this.ends.away && left) left.textContent = clock((this.ends.away - performance.now()) / 1000);
  }

  private point(x: number, y: number): void {
    const dot = find("[data-pointer]", this.root)!;
    dot.style.left = `${x / 10}%`;
    dot.style.top = `${y / 10}%`;
    dot.hidden = false;
    clearTimeout(this.hide);
    this.hide = window.setTimeout(() => (dot.hidden = true), POINTER_SECONDS * 1000);
  }

  drawAll(): void {
    const box = this.canvas.getBoundingClientRect();
    this.canvas.width = box.width;
    this.canvas.height = box.height;
    const pen = this.canvas.getContext("2d");
    if (!pen) return;
    for (const stroke of this.strokes) draw(pen, stroke, box.width, box.height);
  }
}

/** The first point stands as it is, the others as steps from the one before. */
function draw(pen: CanvasRenderingContext2D, stroke: Stroke, wide: number, high: number): void {
  pen.strokeStyle = COLOURS[stroke.c] ?? COLOURS[0]!;
  pen.lineWidth = Math.max(2, wide / 300);
  pen.lineCap = pen.lineJoin = "round";
  pen.beginPath();
  let x = 0;
  let y = 0;
  for (let place = 0; place < stroke.p.length; place += 2) {
    x += stroke.p[place]!;
    y += stroke.p[place + 1]!;
    const at = [(x / 1000) * wide, (y / 1000) * high] as const;
    if (place) pen.lineTo(...at);
    else pen.moveTo(...at);
  }
  pen.stroke();
}
