/** Answers that are more than a field: a place on a picture, a drawing, a file. All of them end in plain fields. */

const tell = (field: HTMLElement): void => void field.dispatchEvent(new Event("change", { bubbles: true }));

/** A press on the picture fills the numbers of the next marker; the numbers can be typed just as well. */
export class Spot {
  private readonly frame: HTMLElement | null;
  private next = 0;

  constructor(private readonly element: HTMLElement) {
    this.frame = element.querySelector(".q-spot-frame");
    this.frame?.addEventListener("click", (event) => this.mark(event));
    element.addEventListener("input", () => this.show());
    element.closest(".exam-question")?.addEventListener("filled", () => this.show());
    this.show();
  }

  private markers(): [HTMLInputElement, HTMLInputElement][] {
    return [...this.element.querySelectorAll<HTMLElement>(".q-marker")].map((row) => {
      const [x, y] = row.querySelectorAll("input");
      return [x!, y!];
    });
  }

  private mark(event: MouseEvent): void {
    const box = this.frame!.getBoundingClientRect();
    const markers = this.markers();
    const pair = markers.find(([x, y]) => !x.value && !y.value) ?? markers[this.next++ % markers.length];
    if (!pair || pair[0].disabled) return;
    pair[0].value = ((100 * (event.clientX - box.left)) / box.width).toFixed(1);
    pair[1].value = ((100 * (event.clientY - box.top)) / box.height).toFixed(1);
    this.show();
    tell(pair[0]);
  }

  private show(): void {
    for (const old of this.element.querySelectorAll(".q-pin")) old.remove();
    this.markers().forEach(([x, y], place) => {
      if (!x.value || !y.value || !this.frame) return;
      const pin = document.createElement("span");
      pin.className = "q-pin";
      pin.textContent = String(place + 1);
      pin.style.left = `${x.value}%`;
      pin.style.top = `${y.value}%`;
      this.frame.append(pin);
    });
  }
}

/** Lines on a sheet, with finger or mouse, or with the arrow keys and the space bar. */
export class Drawing {
  private readonly svg: SVGSVGElement;
  private readonly field: HTMLInputElement;
  private strokes: string[] = [];
  private line: string[] = [];
  private pen = { x: 500, y: 350, down: false };

  constructor(element: HTMLElement) {
    this.svg = element.querySelector("svg")!;
    this.field = element.querySelector("input")!;
    this.load();
    element.closest(".exam-question")?.addEventListener("filled", () => this.load());
    if (this.field.disabled) return;
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
    this.svg.addEventListener("pointermove", (event) => this.draw(event));
    this.svg.addEventListener("pointerup", () => this.end());
    this.svg.addEventListener("keydown", (event) => this.move(event));
    element.querySelector("[data-undo]")?.addEventListener("click", () => this.undo());
  }

  private load(): void {
    this.strokes = this.field.value ? this.field.value.split(";") : [];
    this.show();
  }

  private at(event: PointerEvent): string {
    const box = this.svg.getBoundingClientRect();
    const inside = (part: number, most: number): number => Math.round(Math.min(Math.max(part, 0), 1) * most);
    return `${inside((event.clientX - box.left) / box.width, 1000)},${inside((event.clientY - box.top) / box.height, 700)}`;
  }

  private begin(event: PointerEvent): void {
    this.svg.setPointerCapture(event.pointerId);
    this.line = [this.at(event)];
  }

  private draw(event: PointerEvent): void {
    if (!this.line.length) return;
    const point = this.at(event);
    if (point !== this.line[this.line.length - 1]) this.line.push(point);
    this.show();
  }

  private end(): void {
    if (this.line.length > 1) this.strokes.push(this.line.join(" "));
    this.line = [];
    this.keep();
  }

  private move(event: KeyboardEvent): void {
    const step = event.shiftKey ? 50 : 10;
    const ways: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const way = ways[event.key];
    if (!way && event.key !== " ") return;
    event.preventDefault();
    if (!way) {
      this.pen.down = !this.pen.down;
      if (!this.pen.down) this.end();
    } else {
      this.pen.x = Math.min(Math.max(this.pen.x + way[0], 0), 1000);
      this.pen.y = Math.min(Math.max(this.pen.y + way[1], 0), 700);
    }
    if (this.pen.down) this.line.push(`${this.pen.x},${this.pen.y}`);
    this.show();
  }

  private undo(): void {
    this.strokes.pop();
    this.keep();
  }

  private keep(): void {
    this.field.value = this.strokes.join(";");
    this.show();
    tell(this.field);
  }

  private show(): void {
    this.svg.replaceChildren();
    for (const points of [...this.strokes, this.line.join(" ")]) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
      line.setAttribute("points", points);
      this.svg.append(line);
    }
    const pen = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    pen.setAttribute("cx", String(this.pen.x));
    pen.setAttribute("cy", String(this.pen.y));
    pen.setAttribute("r", this.pen.down ? "7" : "4");
    this.svg.append(pen);
  }
}

/** A file goes to the school by itself; the answer names it by its hash. */
export class AnswerFile {
  constructor(
    private readonly element: HTMLElement,
    private readonly page: HTMLElement,
  ) {
    element.querySelector("input[type=file]")?.addEventListener("change", (event) => void this.send(event));
  }

  private async send(event: Event): Promise<void> {
    event.stopPropagation();
    const file = (event.target as HTMLInputElement).files?.[0];
    const said = this.element.querySelector<HTMLElement>("[role=status]")!;
    if (!file) return;
    try {
      const body = new FormData();
      body.append("file", file);
      const token = this.page.querySelector<HTMLInputElement>("[name=csrf_token]")?.value ?? "";
      const answer = await fetch(this.page.dataset["file"] ?? "", { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = (await answer.json()) as { file: string; name: string };
      const [digest, name] = this.element.querySelectorAll<HTMLInputElement>("input[type=hidden]");
      digest!.value = told.file;
      name!.value = told.name;
      said.textContent = `${said.dataset["kept"] ?? ""} ${told.name}`;
      tell(digest!);
    } catch {
      said.textContent = said.dataset["failed"] ?? "";
    }
  }
}
