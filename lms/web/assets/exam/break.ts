/** A sanitary break: the questions are covered and the clock rests, both by the school's word. */

export class Break {
  private until = 0;
  private left: number;
  private readonly cover: HTMLElement | null;
  private readonly button: HTMLButtonElement | null;

  constructor(
    private readonly page: HTMLElement,
    ask: () => Promise<void>,
  ) {
    this.cover = page.querySelector(".exam-break");
    this.button = page.querySelector("button[data-break]");
    this.left = Number(this.button?.dataset["break"] ?? 0);
    this.button?.addEventListener("click", () => {
      this.left -= 1;
      void ask();
    });
    if (this.cover) setInterval(() => this.show(), 500);
    this.told(Number(this.cover?.dataset["pause"] ?? 0));
  }

  told(seconds: number): void {
    this.until = performance.now() + 1000 * seconds;
    this.show();
  }

  private show(): void {
    const left = Math.max(0, this.until - performance.now());
    const resting = left > 0;
    if (this.cover && this.cover.hidden === resting) {
      this.cover.hidden = !resting;
      for (const part of this.page.querySelectorAll<HTMLElement>(".exam-map, .exam-form, .exam-aids")) part.hidden = resting;
      if (resting) this.cover.focus();
    }
    if (this.button) this.button.hidden = resting || this.left <= 0;
    const count = this.cover?.querySelector(".exam-break-left");
    const text = `${Math.floor(left / 60_000)}:${String(Math.floor((left / 1000) % 60)).padStart(2, "0")}`;
    if (count && count.textContent !== text) count.textContent = text;
  }
}
