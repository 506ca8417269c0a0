/**
 * A part of a page that renews itself when its channel speaks: data-module="live" data-live="address" and an id.
 * It waits a moment first, because the server does not tell of every change. Without events it asks now and then;
 * without script the reader loads the page again. Focus inside it is never taken away.
 */
import { fetched } from "./refresh.ts";

const PAUSE = 1_200;
const WITHOUT_EVENTS = 15_000;
const KINDS = ["changed", "reload"];

export class Live {
  private waiting = 0;

  constructor(private part: HTMLElement) {
    const source = new EventSource(part.dataset["live"] ?? "", { withCredentials: true });
    for (const kind of KINDS) source.addEventListener(kind, () => this.soon(PAUSE));
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) window.setInterval(() => this.soon(0), WITHOUT_EVENTS);
    };
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.soon(0);
    });
  }

  private soon(pause: number): void {
    if (!this.waiting && !document.hidden) this.waiting = window.setTimeout(() => void this.renew(), pause);
  }

  private async renew(): Promise<void> {
    this.waiting = 0;
    if (this.part.contains(document.activeElement)) return this.soon(WITHOUT_EVENTS);
    const fresh = await fetched(this.part.id);
    if (!fresh || fresh.textContent === this.part.textContent) return;
    this.part.replaceWith(fresh);
    this.part = fresh;
  }
}
