/** The hub teacher's desk: turning pages, pointing and drawing, asking, calling; the boards are made by the server. */
import { type Asked, type Data, find, type Now, type Stroke } from "./data.ts";
import type { Line } from "./line.ts";
import type { Stage } from "./stage.ts";

const POINTER_PAUSE = 250;
const STEP = 6; // a thousandth of the page or two make no visible difference
const MOST = 190;

/** Buttons that say something: data-say="call" data-values='{"p": …}'. They may come and go with the boards. */
export class Saying {
  constructor(root: HTMLElement, line: Line, stage: Stage) {
    root.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-say]");
      if (!button) return;
      const values = JSON.parse(button.dataset["values"] ?? "{}") as Record<string, unknown>;
      if (button.dataset["slide"] !== undefined) values["s"] = stage.slide;
      void line.say(button.dataset["say"]!, values);
      if (button.dataset["say"] === "wipe") stage.wipe();
    });
    root.addEventListener("submit", (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.dataset["saying"]) return;
      event.preventDefault();
      const values: Record<string, unknown> = {};
      for (const [name, value] of new FormData(form)) {
        if (String(value).trim()) values[name] = form.dataset["numbers"]?.split(" ").includes(name) ? Number(value) : value;
      }
      if (typeof values["o"] === "string") values["o"] = lines(values["o"]);
      if (form.dataset["saying"] === "ask") mark(values);
      void line.say(form.dataset["saying"], values);
      form.reset();
    });
  }
}

function lines(text: string): string[] {
  return text.split("\n").map((one) => one.trim()).filter(Boolean);
}

/** Right answers begin with a star; the star stays here. */
function mark(values: Record<string, unknown>): void {
  const options = (values["o"] as string[] | undefined) ?? [];
  const right = options.flatMap((one, place) => (one.startsWith("*") ? [String(place)] : []));
  values["o"] = options.map((one) => one.replace(/^\*\s*/, ""));
  if (values["k"] === "single" || values["k"] === "multiple") values["a"] = values["k"] === "single" ? right.slice(0, 1) : right;
}

/** A part made by the server, asked for again when something has stirred and every few seconds besides. */
export class Board {
  private busy = false;
  private again = false;

  constructor(
    private readonly part: HTMLElement,
    private readonly address: string,
    line: Line,
    seconds: number,
  ) {
    line.on("stir", () => void this.renew());
    line.on("asked", () => void this.renew());
    setInterval(() => void this.renew(), seconds * 1000);
    void this.renew();
  }

  private async renew(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      const answer = await fetch(this.address, { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) this.put(await answer.text());
    } catch {
      // The lamp says that the line is gone; what stands here stays.
    }
    await new Promise((later) => setTimeout(later, 700));
    this.busy = false;
    if (this.again) {
      this.again = false;
      void this.renew();
    }
  }

  /** The focus stays on the same button of the new board; what is being typed is never taken away. */
  private put(html: string): void {
    const active = document.activeElement;
    const inside = active instanceof HTMLElement && this.part.contains(active) ? active : null;
    if (inside && /^(INPUT|TEXTAREA|SELECT)$/.test(inside.tagName)) return;
    const known = inside?.dataset["key"];
    const open = new Set([...this.part.querySelectorAll<HTMLDetailsElement>("details[open]")].map((one) => one.id));
    this.part.innerHTML = html;
    for (const one of this.part.querySelectorAll<HTMLDetailsElement>("details")) if (open.has(one.id)) one.open = true;
    if (known) find(`[data-key="${CSS.escape(known)}"]`, this.part)?.focus();
  }
}

export class Console {
  private mode: "point" | "draw" = "point";
  private points: number[] = [];
  private last: [number, number] = [0, 0];
  private waved = 0;
  private colour = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly data: Data,
    private readonly line: Line,
    private readonly stage: Stage,
  ) {
    find("[data-before]", root)?.addEventListener("click", () => this.turn(stage.slide - 1));
    find("[data-after]", root)?.addEventListener("click", () => this.turn(stage.slide + 1));
    root.addEventListener("click", (event) => {
      const wanted = (event.target as Element).closest<HTMLElement>("[data-turn]")?.dataset["turn"];
      if (wanted) this.turn(Number(wanted));
    });
    for (const one of root.querySelectorAll<HTMLInputElement>("input[name=pen]")) {
      one.addEventListener("change", () => {
        this.mode = one.value === "point" ? "point" : "draw";
        this.colour = Number(one.value) || 0;
      });
    }
    document.addEventListener("keydown", (event) => this.key(event));
    this.listenToThePen();
    line.on("ask", (asked: Asked) => this.asked(asked));
    line.on("close", () => this.asked(null));
    line.on("now", (now: Now) => this.asked(now.ask));
  }

  private asked(asked: Asked | null): void {
    this.line.tell("asked", asked);
  }

  private turn(number: number): void {
    if (number < 1 || number > this.data.slides.length || number === this.stage.slide) return;
    this.stage.show(number);
    void this.line.say("page", { s: number });
  }

  private key(event: KeyboardEvent): void {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test((event.target as Element).tagName);
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "PageDown" || event.key === "ArrowRight") this.turn(this.stage.slide + 1);
    else if (event.key === "PageUp" || event.key === "ArrowLeft") this.turn(this.stage.slide - 1);
    else return;
    event.preventDefault();
  }

  private listenToThePen(): void {
    const frame = find("[data-frame]", this.root)!;
    frame.addEventListener("pointerdown", (event) => {
      if (this.mode !== "draw") return;
      frame.setPointerCapture(event.pointerId);
      this.last = this.at(frame, event);
      this.points = [...this.last];
    });
    frame.addEventListener("pointermove", (event) => {
      const [x, y] = this.at(frame, event);
      if (this.mode === "point") this.wave(x, y);
      else if (this.points.length) this.go(x, y);
    });
    frame.addEventListener("pointerup", () => this.lift());
  }

  private at(frame: HTMLElement, event: PointerEvent): [number, number] {
    const box = frame.getBoundingClientRect();
    const part = (value: number, whole: number): number => Math.min(1000, Math.max(0, Math.round((value / whole) * 1000)));
    return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
  }

  private wave(x: number, y: number): void {
    if (performance.now() - this.waved < POINTER_PAUSE) return;
    this.waved = performance.now();
    this.line.pass("point", { x, y });
  }

  private go(x: number, y: number): void {
    const [across, down] = [x - this.last[0], y - this.last[1]];
    if (Math.abs(across) + Math.abs(down) < STEP) return;
    this.points.push(across, down);
    this.last = [x, y];
    if (this.points.length >= 2 * MOST) {
      this.lift();
      this.points = [x, y];
    }
  }

  private lift(): void {
    if (this.points.length >= 4) {
      const stroke: Stroke = { s: this.stage.slide, c: this.colour, p: this.points };
      this.stage.ink(stroke);
      void this.line.say("ink", { ...stroke });
    }
    this.points = [];
  }
}
