/** Time before the screen: asks to look away, and never stands in the way of an answer. */

import { part } from "./screen.ts";

export const BEAT = 60_000;
const SECOND = 1_000;

export class Guard {
  private seconds = 0;
  private sinceRest = 0;
  private pause = "";

  constructor(private readonly minutes: number) {
    window.setInterval(() => this.tick(), SECOND);
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-rest]")) {
      button.addEventListener("click", () => this.rested(button.dataset["rest"] as string));
    }
  }

  /** What happened since the last time somebody asked. */
  take(): { seconds: number; pause: string } {
    const told = { seconds: this.seconds, pause: this.pause };
    this.seconds = 0;
    this.pause = "";
    return told;
  }

  private tick(): void {
    if (document.visibilityState !== "visible") return;
    this.seconds = Math.min(this.seconds + 1, 600);
    this.sinceRest++;
    if (this.minutes && this.sinceRest === this.minutes * 60) {
      part("rest").hidden = false;
      this.pause = "prompted";
    }
  }

  private rested(how: string): void {
    part("rest").hidden = true;
    if (how === "overridden") this.pause = how;
    // Who is finishing an answer is asked again after two minutes.
    this.sinceRest = how === "rested" ? 0 : Math.max(0, this.minutes * 60 - 120);
  }
}
