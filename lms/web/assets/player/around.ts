/** The system's page around the frame: another site, asked for few things by message. In a window of its own nobody is there. */

export class Around {
  private waiting: ((code: string | null) => void) | null = null;

  constructor(private readonly site: string) {
    window.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (event.origin !== site || event.source !== window.parent) return;
      const told = event.data as { code?: unknown };
      this.waiting?.(typeof told.code === "string" ? told.code : null);
      this.waiting = null;
    });
  }

  get there(): boolean {
    return window.parent !== window;
  }

  tell(word: "leave" | "again" | "top" | "kept" | "handed"): void {
    if (this.there) window.parent.postMessage({ word }, this.site);
  }

  /** A new code for this launch; null when the learner has to sign in, or nobody answers. */
  renew(launch: string): Promise<string | null> {
    if (!this.there) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.waiting = resolve;
      window.setTimeout(() => resolve(null), 20_000);
      window.parent.postMessage({ word: "renew", launch }, this.site);
    });
  }
}
