/** A bar fed by /jobs/<id>: asks every few seconds, and opens the page of the result when the job is done. */
const OFTEN = 1_500;
const SELDOM = 10_000;

interface Job {
  state: "waiting" | "running" | "done" | "failed";
  done: number;
  total: number;
}

export class Progress {
  private pause = OFTEN;

  constructor(private readonly element: HTMLElement) {
    void this.follow();
  }

  private async follow(): Promise<void> {
    const job = await this.ask();
    if (job?.state === "done" || job?.state === "failed") {
      location.assign(this.element.dataset["then"] || location.href);
      return;
    }
    if (job) this.show(job);
    this.pause = Math.min(this.pause * 1.3, SELDOM);
    setTimeout(() => void this.follow(), this.pause);
  }

  private async ask(): Promise<Job | null> {
    try {
      const answer = await fetch(this.element.dataset["address"]!, { headers: { Accept: "application/json" } });
      return answer.ok ? ((await answer.json()) as Job) : null;
    } catch {
      return null;
    }
  }

  private show(job: Job): void {
    const bar = this.element.querySelector("progress");
    if (!bar || !job.total) return;
    bar.max = job.total;
    bar.value = job.done;
  }
}
