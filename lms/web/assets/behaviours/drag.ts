/**
 * A week in which lessons are dragged: data-module="drag" data-hours="…" data-move="…". While a lesson is held, every
 * hour shows whether it can stand there and what stands against it; letting go on a free hour sends the same form as
 * the page of hours, which does the same without a mouse. Without script the links lead to that page.
 */
interface Hour {
  day: number;
  period: number;
  begins: string;
  against: string[];
}

export class Drag {
  private held: HTMLElement | null = null;
  private hours: Promise<Hour[]> = Promise.resolve([]);

  constructor(private frame: HTMLElement) {
    for (const lesson of frame.querySelectorAll<HTMLElement>("[data-lesson]")) this.prepare(lesson);
    for (const cell of frame.querySelectorAll<HTMLElement>("td[data-day]")) this.receive(cell);
  }

  private prepare(lesson: HTMLElement): void {
    lesson.draggable = true;
    lesson.addEventListener("dragstart", (event) => {
      this.held = lesson;
      event.dataTransfer?.setData("text/plain", lesson.dataset["lesson"] ?? "");
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
      lesson.classList.add("week-held");
      this.say("fetching");
      this.hours = this.asked(lesson);
      void this.hours.then((hours) => this.mark(hours));
    });
    lesson.addEventListener("dragend", () => this.release());
  }

  private receive(cell: HTMLElement): void {
    cell.addEventListener("dragover", (event) => {
      if (!this.held) return;
      const stands = cell.dataset["against"];
      if (stands) this.tell(stands);
      if (cell.classList.contains("week-free")) event.preventDefault();
    });
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      const lesson = this.held?.dataset["lesson"];
      void this.hours.then((hours) => {
        const hour = at(hours, cell);
        if (lesson && hour && !hour.against.length) this.send(lesson, hour);
      });
    });
  }

  private async asked(lesson: HTMLElement): Promise<Hour[]> {
    try {
      const address = `${this.frame.dataset["hours"]}?lesson=${encodeURIComponent(lesson.dataset["lesson"] ?? "")}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      return answer.ok ? ((await answer.json()) as { hours: Hour[] }).hours : [];
    } catch {
      return [];
    }
  }

  private mark(hours: Hour[]): void {
    if (!this.held) return;
    this.say(hours.length ? "choose" : "refused");
    for (const cell of this.frame.querySelectorAll<HTMLElement>("td[data-day]")) {
      const hour = at(hours, cell);
      if (!hour) continue;
      cell.classList.add(hour.against.length ? "week-taken" : "week-free");
      if (hour.against.length) cell.dataset["against"] = hour.against.join("; ");
    }
  }

  private release(): void {
    this.held?.classList.remove("week-held");
    this.held = null;
    for (const cell of this.frame.querySelectorAll<HTMLElement>("td[data-day]")) {
      cell.classList.remove("week-free", "week-taken");
      delete cell.dataset["against"];
    }
    this.tell("");
  }

  private send(lesson: string, hour: Hour): void {
    const token = document.querySelector<HTMLInputElement>('input[name="csrf_token"]')?.value ?? "";
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.frame.dataset["move"] ?? "";
    const add = (name: string, value: string): void => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    };
    add("csrf_token", token);
    add("lesson", lesson);
    add("day", String(hour.day));
    add("period", String(hour.period));
    add("back", location.search);
    document.body.append(form);
    form.submit();
  }

  private say(word: string): void {
    this.tell(this.frame.dataset[word] ?? "");
  }

  private tell(text: string): void {
    const line = this.frame.querySelector<HTMLElement>("[role=status]");
    if (line && line.textContent !== text) line.textContent = text;
  }
}

function at(hours: Hour[], cell: HTMLElement): Hour | undefined {
  return hours.find((one) => String(one.day) === cell.dataset["day"] && one.begins === cell.dataset["begins"]);
}
