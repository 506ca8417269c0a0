/** A self-test on its own: marks on the page, tells the result to a SCORM system around it, keeps what was answered. */
import { Scorm } from "../courses/scorm.ts";
import { Calculator } from "./aids.ts";
import { fieldsOf, fill } from "./form.ts";
import { type Key, marked } from "./selfmark.ts";

type Kept = Record<string, Record<string, string[]>>;

class SelfTest {
  private readonly scorm = new Scorm();
  private readonly questions: HTMLElement[];

  constructor(private readonly page: HTMLElement) {
    this.questions = Array.from(page.querySelectorAll<HTMLElement>(".exam-question"));
    this.restore();
    page.querySelector("form")!.addEventListener("submit", (event) => this.check(event));
    page.querySelector("[data-again]")?.addEventListener("click", () => this.again());
    this.scorm.set(["cmi.completion_status", "cmi.core.lesson_status"], "incomplete");
    addEventListener("pagehide", () => this.leave());
  }

  private given(): Kept {
    return Object.fromEntries(this.questions.map((one) => [one.dataset["number"]!, fieldsOf(one)]));
  }

  private restore(): void {
    try {
      const kept = JSON.parse(this.scorm.get(["cmi.suspend_data", "cmi.suspend_data"]) || "{}") as Kept;
      for (const one of this.questions) if (kept[one.dataset["number"]!]) fill(one, kept[one.dataset["number"]!]!);
    } catch {
      // What cannot be read was not written here.
    }
  }

  private check(event: Event): void {
    event.preventDefault();
    let points = 0;
    let most = 0;
    for (const one of this.questions) {
      const key = JSON.parse(one.dataset["key"]!) as Key;
      const found = marked(key, fieldsOf(one));
      points += found;
      most += key.most;
      const verdict = one.querySelector<HTMLElement>(".q-verdict")!;
      verdict.textContent = `${text(found)} / ${text(key.most)}`;
      verdict.className = `q-verdict badge ${found >= key.most ? "badge-good" : found ? "badge-warning" : "badge-bad"}`;
      const why = one.querySelector<HTMLElement>(".q-why");
      if (why) why.hidden = false;
    }
    this.tell(most ? points / most : 0);
    const line = this.page.querySelector<HTMLElement>(".q-total")!;
    line.textContent = `${this.page.dataset["saidTotal"]} ${text(points)} / ${text(most)}`;
    line.tabIndex = -1;
    line.focus();
  }

  private tell(share: number): void {
    const enough = share * 100 >= Number(this.page.dataset["pass"]) - 1e-9;
    this.scorm.set(["cmi.score.scaled", ""], String(Math.round(share * 10_000) / 10_000));
    this.scorm.set(["cmi.score.min", "cmi.core.score.min"], "0");
    this.scorm.set(["cmi.score.max", "cmi.core.score.max"], "100");
    this.scorm.set(["cmi.score.raw", "cmi.core.score.raw"], String(Math.round(share * 10_000) / 100));
    this.scorm.set(["cmi.completion_status", "cmi.core.lesson_status"], this.scorm.modern ? "completed" : enough ? "passed" : "failed");
    this.scorm.set(["cmi.success_status", ""], enough ? "passed" : "failed");
    this.keep();
  }

  /** SCORM 1.2 promises 4,096 letters: what would not fit is not written, the score is. */
  private keep(): void {
    const kept = JSON.stringify(this.given());
    if (kept.length <= (this.scorm.modern ? 64_000 : 4_096)) this.scorm.set(["cmi.suspend_data", "cmi.suspend_data"], kept);
    this.scorm.save();
  }

  private again(): void {
    for (const one of this.questions) {
      fill(one, {});
      one.querySelector<HTMLElement>(".q-verdict")!.textContent = "";
      const why = one.querySelector<HTMLElement>(".q-why");
      if (why) why.hidden = true;
    }
    this.page.querySelector(".q-total")!.textContent = "";
    this.questions[0]?.focus();
  }

  private leave(): void {
    this.keep();
    const done = this.page.querySelector(".q-total")!.textContent !== "";
    // The only page of its package: with the wish to leave its result rolls up at once (SCORM 2004 RTE 4.4.6).
    this.scorm.finish(done, done ? "exitAll" : "suspendAll");
  }
}

const text = (points: number): string => String(Math.round(points * 100) / 100).replace(".", ",");

const page = document.querySelector<HTMLElement>("[data-selftest]");
for (const one of document.querySelectorAll<HTMLElement>("[data-module=calculator]")) new Calculator(one);
if (page) new SelfTest(page);
