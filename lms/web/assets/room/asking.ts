/** The question that is open, on a pupil's own device or on the shared computer for whoever has tapped their name. */
import { type Asked, clock, type Data, filled, find, type Now } from "./data.ts";
import type { Line } from "./line.ts";

export class Asking {
  asked: Asked | null = null;
  private ends = 0;
  private shown = "";

  constructor(
    private readonly part: HTMLElement,
    private readonly data: Data,
    private readonly line: Line,
    private readonly who: () => string | null,
    private readonly answered: (pupil: string) => void = () => undefined,
  ) {
    line.on("ask", (asked: Asked) => this.open(asked));
    line.on("close", () => this.open(null));
    line.on("ended", () => this.open(null));
    line.on("now", (now: Now) => this.open(now.ask, true));
    setInterval(() => this.tick(), 1_000);
    this.open(data.now.ask);
  }

  open(asked: Asked | null, quietly = false): void {
    if (quietly && asked?.q === this.asked?.q) return;
    this.asked = asked;
    this.ends = asked?.n ? performance.now() + asked.n * 1000 : 0;
    this.draw();
    this.line.tell("asked", asked);
  }

  /** Anew for each who answers: on the shared computer nobody sees what the one before has chosen. */
  draw(): void {
    const now = `${this.asked?.q ?? ""} ${this.who() ?? ""}`;
    if (now === this.shown && this.part.childElementCount) return;
    this.shown = now;
    this.part.replaceChildren();
    this.part.hidden = !this.asked || this.who() === null;
    if (this.asked && this.who() !== null) this.part.append(this.form(this.asked));
  }

  private form(asked: Asked): HTMLFormElement {
    const form = document.createElement("form");
    form.className = "question";
    const field = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = asked.t;
    field.append(legend, ...this.inputs(asked));
    const button = document.createElement("button");
    button.className = "primary";
    button.textContent = this.data.texts["send"]!;
    const state = document.createElement("p");
    state.setAttribute("role", "status");
    const left = document.createElement("p");
    left.dataset["left"] = "";
    form.append(field, left, button, state);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(asked, form, state);
    });
    return form;
  }

  private inputs(asked: Asked): HTMLElement[] {
    if (asked.k === "single" || asked.k === "multiple") {
      return asked.o.map((text, place) => {
        const label = document.createElement("label");
        label.className = "choice";
        const input = document.createElement("input");
        input.type = asked.k === "single" ? "radio" : "checkbox";
        input.name = "answer";
        input.value = String(place);
        label.append(input, ` ${text}`);
        return label;
      });
    }
    if (parted(asked)) return parts(asked);
    const input = document.createElement("input");
    input.name = "answer";
    input.className = "form-control";
    input.autocomplete = "off";
    input.maxLength = asked.k === "text" || asked.k === "cloud" ? 200 : 20;
    if (asked.k === "number") input.inputMode = "decimal";
    input.setAttribute("aria-label", this.data.texts["answer"]!);
    return [input];
  }

  private send(asked: Asked, form: HTMLFormElement, state: HTMLElement): void {
    const said = new FormData(form).getAll("answer").map(String);
    const given = said.filter((one) => one.trim());
    if (!given.length || (parted(asked) && given.length < said.length)) {
      state.textContent = this.data.texts["choose"]!;
      return;
    }
    const pupil = this.who() ?? "";
    const several = asked.k === "single" || asked.k === "multiple" || parted(asked);
    void this.line.say("answer", { q: asked.q, a: several ? given : given[0], ...(pupil ? { p: pupil } : {}) });
    state.textContent = this.data.texts[this.line.online ? "sent" : "kept"]!;
    this.answered(pupil);
  }

  private tick(): void {
    const left = find("[data-left]", this.part);
    if (!left || !this.ends) return;
    const seconds = (this.ends - performance.now()) / 1000;
    left.textContent = filled(this.data.texts["left"]!, { time: clock(seconds) });
  }
}

function parted(asked: Asked): boolean {
  return asked.k === "pairs" || asked.k === "order" || asked.k === "gaps";
}

/** A place to fill in for each pair, step or gap; the right order and the right words are known at school only. */
function parts(asked: Asked): HTMLElement[] {
  if (asked.k === "gaps") {
    return asked.o.map((choices, place) => labelled(String(place + 1), choices ? choices.split("|") : null));
  }
  const many = asked.k === "order" ? asked.o.length : (asked.p ?? 0);
  const choices = asked.k === "order" ? asked.o : asked.o.slice(many);
  return Array.from({ length: many }, (_none, place) =>
    labelled(asked.k === "order" ? String(place + 1) : asked.o[place]!, choices),
  );
}

function labelled(text: string, choices: string[] | null): HTMLElement {
  const label = document.createElement("label");
  label.className = "form-label";
  const field = document.createElement(choices ? "select" : "input");
  field.className = choices ? "form-select" : "form-control";
  field.name = "answer";
  if (field instanceof HTMLSelectElement) {
    field.append(new Option("", ""), ...choices!.map((one, place) => new Option(one, String(place))));
  } else {
    field.autocomplete = "off";
    field.maxLength = 200;
  }
  label.append(`${text} `, field);
  return label;
}
