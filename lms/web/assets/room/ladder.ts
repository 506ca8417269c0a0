/**
 * Which part of voice and video a line carries: picture, still pictures, voice, or slides alone. Two bad measurements in
 * a row lead a step down; a step up is tried after a calm time, and a longer one each time it was too early.
 */
export const STEPS = ["video", "stills", "voice", "slides"] as const;
export type Step = (typeof STEPS)[number];

export interface Measured {
  loss: number; // share of the pieces that were lost, 0 to 1
  frames: number; // of the picture, in a second
  silence: boolean; // nothing of the voice has come
}

const TOO_MUCH = 0.08;
const LITTLE = 0.02;
const JERKY = 4;
const BAD_IN_A_ROW = 2;
const CALM = 5;
const CALMEST = 40;

export class Ladder {
  private place = 0;
  private bad = 0;
  private good = 0;
  private patience = CALM;
  private tried = false;

  get step(): Step {
    return STEPS[this.place]!;
  }

  /** The step to stand on after this measurement. */
  take(found: Measured): Step {
    const jerky = this.step === "video" && found.frames < JERKY;
    const poor = found.loss > TOO_MUCH || jerky || (this.step !== "slides" && found.silence);
    this.bad = poor ? this.bad + 1 : 0;
    this.good = poor || found.loss > LITTLE ? 0 : this.good + 1;
    if (this.bad >= BAD_IN_A_ROW) this.down();
    else if (this.good >= this.patience) this.up();
    return this.step;
  }

  private down(): void {
    if (this.tried) this.patience = Math.min(this.patience * 2, CALMEST);
    this.move(1);
    this.tried = false;
  }

  private up(): void {
    if (!this.place) {
      this.patience = CALM;
      this.tried = false;
      this.good = 0;
      return;
    }
    this.tried = true;
    this.move(-1);
  }

  private move(by: number): void {
    this.place = Math.min(Math.max(this.place + by, 0), STEPS.length - 1);
    this.bad = this.good = 0;
  }
}
