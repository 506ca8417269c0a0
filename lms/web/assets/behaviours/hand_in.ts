/** On pages pupils come to: what a lesson left behind on this computer goes to school, in a frame nobody sees. */

import { LeftBehind } from "./left_behind.ts";

const AT_MOST = 2; // lessons a page
const NOT_AGAIN_FOR = 5 * 60_000;
const PATIENCE = 60_000;

export class HandIn {
  private readonly left: LeftBehind;

  private readonly form: HTMLFormElement;

  constructor(element: HTMLElement) {
    this.form = element as HTMLFormElement;
    this.left = new LeftBehind(element.dataset["person"] ?? "");
    window.addEventListener("load", () => void this.all());
  }

  private async all(): Promise<void> {
    for (const registration of this.left.due(NOT_AGAIN_FOR).slice(0, AT_MOST)) {
      this.left.tried(registration);
      const leaves = () => this.left.opened(registration); // who goes on to another page lets that one try at once
      window.addEventListener("pagehide", leaves);
      const url = await this.address(registration);
      const clean = url === null || (url && (await this.done(url)));
      window.removeEventListener("pagehide", leaves);
      if (clean) this.left.clean(registration);
    }
  }

  /** null: this lesson is no longer theirs; "": not now. */
  private async address(registration: string): Promise<string | null> {
    const body = new FormData(this.form);
    body.set("registration", registration);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 404) return null;
      return answer.ok ? String(((await answer.json()) as Record<string, unknown>)["url"]) : "";
    } catch {
      return "";
    }
  }

  private done(url: string): Promise<boolean> {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
    return new Promise<boolean>((resolve) => {
      window.addEventListener("message", (event: MessageEvent<{ word?: string }>) => {
        if (event.source === frame.contentWindow) resolve(event.data.word === "handed");
      });
      window.setTimeout(() => resolve(false), PATIENCE);
      frame.src = url;
      document.body.append(frame);
    }).finally(() => frame.remove());
  }
}
