/**
 * One lesson as one SCO. Completion and score mean what they mean in the system it was made in: the rule of the lesson
 * stands in data-rule, and the best result of each check counts.
 */
import { type Answers, mark } from "./marking.ts";
import { Scorm } from "./scorm.ts";

interface State {
  seen: string[];
  shares: Record<string, number>;
}

export class Page {
  private readonly scorm = new Scorm();
  private state: State = { seen: [], shares: {} };
  private finished = false;
  private readonly key: string;

  constructor(private readonly element: HTMLElement) {
    this.key = `course:${location.pathname}`;
    this.state = { ...this.state, ...this.kept() };
    for (const form of element.querySelectorAll<HTMLFormElement>("form[data-scored]")) this.listen(form);
    this.watch();
    this.tell();
    document.getElementById("done")?.addEventListener("click", () => this.done());
    document.addEventListener("visibilitychange", () => document.hidden && this.scorm.save());
    addEventListener("pagehide", () => this.end());
  }

  private kept(): Partial<State> {
    try {
      const text = this.scorm.there ? this.scorm.get(["cmi.suspend_data", "cmi.suspend_data"]) : localStorage.getItem(this.key);
      return text ? (JSON.parse(text) as Partial<State>) : {};
    } catch {
      return {};
    }
  }

  private listen(form: HTMLFormElement): void {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.answer(form);
    });
  }

  private answer(form: HTMLFormElement): void {
    const questions = Array.from(form.querySelectorAll<HTMLFieldSetElement>("[data-answers]"));
    const right = questions.map((one) => mark(JSON.parse(one.dataset["answers"]!) as Answers, this.given(one)));
    const block = form.closest<HTMLElement>("[data-block]")!.dataset["block"]!;
    const share = right.filter(Boolean).length / right.length;
    if (form.dataset["scored"] === "yes") this.state.shares[block] = Math.max(share, this.state.shares[block] ?? 0);
    if (!this.state.seen.includes(block)) this.state.seen.push(block);
    this.verdict(form, questions, right);
    this.tell();
  }

  private given(question: HTMLElement): string[] {
    const fields = Array.from(question.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select"));
    return fields.filter((one) => one instanceof HTMLSelectElement || one.type === "text" || one.checked).map((one) => one.value);
  }

  private verdict(form: HTMLFormElement, questions: HTMLElement[], right: boolean[]): void {
    const words = this.element.dataset;
    const line = form.querySelector<HTMLElement>(".c-verdict")!;
    if (form.dataset["scored"] === "no") {
      line.textContent = right[0] ? `${words["right"]} ${form.dataset["right"]}` : `${words["wrong"]} ${form.dataset["wrong"]}`;
    } else {
      questions.forEach((one, place) => {
        const why = one.nextElementSibling as HTMLElement | null;
        if (why?.matches(".c-why")) why.textContent = `${right[place] ? words["right"] : words["wrong"]} ${why.dataset["why"]}`;
      });
      line.textContent = `${right.filter(Boolean).length} / ${right.length}`;
    }
    line.tabIndex = -1;
    line.focus();
  }

  private watch(): void {
    const see = (one: Element): void => {
      const block = (one as HTMLElement).dataset["block"]!;
      if (!this.state.seen.includes(block)) this.state.seen.push(block);
      this.tell();
    };
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) setTimeout(() => see(entry.target), 1_200);
    });
    for (const one of this.element.querySelectorAll("[data-block]")) observer.observe(one);
  }

  private done(): void {
    for (const one of this.element.querySelectorAll<HTMLElement>("[data-block]")) {
      const block = one.dataset["block"]!;
      if (!this.state.seen.includes(block)) this.state.seen.push(block);
    }
    this.tell();
    if (this.complete()) this.end("continue");
  }

  private checks(): string[] {
    return (this.element.dataset["checks"] ?? "").split(" ").filter(Boolean);
  }

  private share(): number {
    const checks = this.checks();
    return checks.reduce((sum, one) => sum + (this.state.shares[one] ?? 0), 0) / (checks.length || 1);
  }

  private complete(): boolean {
    const { rule, pass } = this.element.dataset;
    if (rule === "opened") return true;
    if (rule === "score") return this.share() * 100 >= Number(pass) - 1e-9;
    const blocks = Array.from(this.element.querySelectorAll<HTMLElement>("[data-block]"));
    return blocks.every((one) => this.state.seen.includes(one.dataset["block"]!));
  }

  private tell(): void {
    const text = JSON.stringify(this.state);
    if (!this.scorm.there) return this.keepHere(text);
    const done = this.complete();
    if (this.checks().some((one) => one in this.state.shares)) this.tellScore();
    this.scorm.set(["cmi.completion_status", ""], done ? "completed" : "incomplete");
    this.scorm.set(["", "cmi.core.lesson_status"], this.oldStatus(done));
    this.scorm.set(["cmi.suspend_data", "cmi.suspend_data"], text);
    this.scorm.save();
  }

  private tellScore(): void {
    const share = this.share();
    this.scorm.set(["cmi.score.scaled", ""], String(Math.round(share * 10_000) / 10_000));
    this.scorm.set(["cmi.score.min", "cmi.core.score.min"], "0");
    this.scorm.set(["cmi.score.max", "cmi.core.score.max"], "100");
    this.scorm.set(["cmi.score.raw", "cmi.core.score.raw"], String(Math.round(share * 10_000) / 100));
    if (this.element.dataset["rule"] === "score") this.scorm.set(["cmi.success_status", ""], this.complete() ? "passed" : "failed");
  }

  private oldStatus(done: boolean): string {
    if (done) return this.element.dataset["rule"] === "score" ? "passed" : "completed";
    return "incomplete";
  }

  private keepHere(text: string): void {
    try {
      localStorage.setItem(this.key, text);
    } catch {
      // A stick that may not be written to: the lesson works all the same.
    }
  }

  private end(wish = ""): void {
    if (this.finished) return;
    this.finished = true;
    this.tell();
    this.scorm.finish(this.complete(), wish);
  }
}
