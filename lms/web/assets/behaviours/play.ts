/** The page around the player: opens a launch, and answers the few things the player asks for. */

import { LeftBehind } from "./left_behind.ts";

const LAUNCH = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

interface Asked {
  readonly word?: string;
  readonly launch?: string;
}

export class Play {
  private readonly content: string;
  private readonly form: HTMLFormElement;
  private readonly frame: HTMLIFrameElement | null;

  constructor(private readonly element: HTMLElement) {
    this.content = element.dataset["content"] ?? "";
    this.form = element.querySelector(".play-launch") as HTMLFormElement;
    this.frame = element.querySelector(".play-frame");
    window.addEventListener("message", (event) => void this.answer(event));
    if (!this.frame) return;
    const registration = new FormData(this.form).get("registration");
    new LeftBehind(element.dataset["person"] ?? "").opened(String(registration));
    void this.open();
  }

  private async open(): Promise<void> {
    const told = await this.post(this.form.action);
    const url = told?.["url"];
    if (typeof url === "string" && this.frame) this.frame.src = url;
    else location.reload();
  }

  private async answer(event: MessageEvent<unknown>): Promise<void> {
    if (event.origin !== this.content || event.source !== this.frame?.contentWindow) return;
    const asked = event.data as Asked;
    if (asked.word === "leave") location.assign(this.element.dataset["back"] ?? "/");
    if (asked.word === "again") location.reload();
    if (asked.word === "top") (this.element.querySelector(".play-aside") as HTMLElement).hidden = false;
    if (asked.word === "renew" && LAUNCH.test(asked.launch ?? "")) {
      const launch = (asked.launch as string).replace(LAUNCH, "$1-$2-$3-$4-$5"); // as addresses write it
      const told = await this.post(`${this.form.action}/${launch}/renew`);
      this.frame?.contentWindow?.postMessage({ code: told?.["code"] ?? null }, this.content);
    }
  }

  private async post(url: string): Promise<Record<string, unknown> | null> {
    try {
      const answer = await fetch(url, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" } });
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  }
}
