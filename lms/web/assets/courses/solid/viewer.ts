/** A model on the page: turned by mouse, finger, keys and buttons. It is drawn when something changes, never by itself. */
import { Drawing } from "./drawing.ts";
import { Glb, type Whole } from "./glb.ts";
import { moved, perspective, times, turned } from "./matrix.ts";

export type Words = Record<"turn" | "left" | "right" | "up" | "down" | "nearer" | "farther" | "again" | "how" | "loading" | "lost", string>;

const ANGLE = 0.6;
const STEP = Math.PI / 12;
const FIRST = { yaw: -0.6, tilt: 0.35, near: 1 };
const STILL = { width: 960, height: 720 };
type Deed = (face: Face) => void;
const SIGNS: [keyof Words, string][] = [
  ["left", "←"], ["right", "→"], ["up", "↑"], ["down", "↓"], ["nearer", "+"], ["farther", "−"], ["again", ""],
];
const DEEDS: Partial<Record<keyof Words, Deed>> = {
  left: (face) => face.turn(-STEP, 0), right: (face) => face.turn(STEP, 0), up: (face) => face.turn(0, -STEP),
  down: (face) => face.turn(0, STEP), nearer: (face) => face.come(1.25), farther: (face) => face.come(0.8),
  again: (face) => face.again(),
};
const KEYS: Record<string, keyof Words> = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "nearer", "=": "nearer", "-": "farther", "0": "again",
};

export class Face {
  private at = { ...FIRST };
  private waits = false;
  private readonly fingers = new Map<number, PointerEvent>();
  private readonly middle: number[];
  private readonly far: number;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly drawing: Drawing, whole: Whole) {
    const { middle, far } = around(whole);
    this.middle = middle;
    this.far = far;
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => this.fingers.delete((event as PointerEvent).pointerId));
    canvas.addEventListener("still", (event) => this.still((event as CustomEvent<(picture: Blob) => void>).detail));
    new ResizeObserver(() => this.fit()).observe(canvas);
  }

  turn(yaw: number, tilt: number): void {
    this.at.yaw += yaw;
    this.at.tilt = Math.min(Math.max(this.at.tilt + tilt, -Math.PI / 2), Math.PI / 2);
    this.soon();
  }

  come(by: number): void {
    this.at.near = Math.min(Math.max(this.at.near * by, 0.4), 8);
    this.soon();
  }

  again(): void {
    this.at = { ...FIRST };
    this.soon();
  }

  private key(event: KeyboardEvent): void {
    const deed = KEYS[event.key];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    DEEDS[deed]!(this);
  }

  /** Only for whoever has chosen the model: a page that is scrolled over it goes on. */
  private wheel(event: WheelEvent): void {
    if (document.activeElement !== this.canvas) return;
    event.preventDefault();
    this.come(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  }

  private down(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, event);
  }

  private move(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const other = [...this.fingers.values()].find((one) => one.pointerId !== event.pointerId);
    const apart = (one: PointerEvent): number => Math.hypot(one.clientX - other!.clientX, one.clientY - other!.clientY) || 1;
    if (other) this.come(apart(event) / apart(before));
    else this.turn((event.clientX - before.clientX) / 120, (event.clientY - before.clientY) / 120);
    this.fingers.set(event.pointerId, event);
  }

  private fit(): void {
    const fine = Math.min(devicePixelRatio, 2);
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * fine));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * fine));
    this.draw();
  }

  private soon(): void {
    if (this.waits) return;
    this.waits = true;
    requestAnimationFrame(() => {
      this.waits = false;
      this.draw();
    });
  }

  private draw(): void {
    const { yaw, tilt, near } = this.at;
    const wide = this.canvas.width / this.canvas.height;
    const away = (this.far / Math.sin(ANGLE / 2) / near) * Math.max(1, 1 / wide);
    const turn = turned(yaw, tilt);
    const eye = times(perspective(ANGLE, wide, Math.max(away - this.far * 1.5, this.far / 100), away + this.far * 1.5), moved(0, 0, -away));
    this.drawing.draw(times(times(eye, turn), moved(-this.middle[0]!, -this.middle[1]!, -this.middle[2]!)), turn);
    this.canvas.dataset["at"] = [yaw, tilt, near].map((one) => one.toFixed(2)).join(" ");
  }

  /** The side that is seen now, in a size of its own. */
  private still(taken: (picture: Blob) => void): void {
    Object.assign(this.canvas, STILL);
    this.draw();
    this.canvas.toBlob((picture) => picture && taken(picture), "image/png");
    this.fit();
  }
}

function around(whole: Whole): { middle: number[]; far: number } {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { points } of whole.surfaces)
    points.forEach((value, at) => {
      low[at % 3] = Math.min(low[at % 3]!, value);
      high[at % 3] = Math.max(high[at % 3]!, value);
    });
  return { middle: low.map((value, axis) => (value + high[axis]!) / 2), far: Math.hypot(...low.map((value, axis) => high[axis]! - value)) / 2 || 1 };
}

function buttons(face: Face, words: Words): HTMLElement {
  const row = document.createElement("div");
  row.className = "c-turn-keys";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", words.turn);
  for (const [name, sign] of SIGNS) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign || words[name], title: words[name] });
    if (sign) button.setAttribute("aria-label", words[name]);
    button.addEventListener("click", () => DEEDS[name]!(face));
    row.append(button);
  }
  return row;
}

let count = 0;

async function showSolid(host: HTMLElement, data: ArrayBuffer, name: string, words: Words): Promise<Face> {
  const whole = new Glb(data).whole();
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl", { antialias: true });
  if (!gl) throw new Error("webgl");
  const drawing = new Drawing(gl, whole);
  await drawing.pictures(whole.pictures);
  const how = Object.assign(document.createElement("p"), { className: "quiet", id: `turn-${++count}`, textContent: words.how });
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", name);
  canvas.setAttribute("aria-describedby", how.id);
  const face = new Face(canvas, drawing, whole);
  const frame = Object.assign(document.createElement("div"), { className: "c-turn" });
  frame.append(canvas, buttons(face, words), how);
  host.append(frame);
  return face;
}

(window as unknown as { showSolid: typeof showSolid }).showSolid = showSolid;
