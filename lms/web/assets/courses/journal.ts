/** What was typed before a line or a browser was lost is found on the device when the workshop opens again, and sent. */
import { drop, waiting } from "./store.ts";

export class Journal {
  constructor(private readonly element: HTMLElement) {
    void this.replay();
  }

  private async replay(): Promise<void> {
    const found = await waiting<string>("draft:");
    const mine = found.filter(([key]) => key.startsWith(`draft:${location.origin}/`));
    let sent = 0;
    for (const [key, body] of mine) sent += Number(await this.send(key, body));
    if (sent) this.say();
  }

  /** The token of the page that wrote it may be gone, so this page's own is put in. */
  private async send(key: string, body: string): Promise<boolean> {
    const data = new URLSearchParams(body);
    const token = document.querySelector<HTMLInputElement>("input[name=csrf_token]");
    data.set("csrf_token", token?.value ?? "");
    const address = key.slice("draft:".length).replace(/:[a-z]{2}$/, "");
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { method: "POST", body: data, headers }).catch(() => null);
    if (!answer || answer.status >= 500) return false;
    await drop(key);
    return answer.ok;
  }

  private say(): void {
    const notice = document.createElement("p");
    notice.className = "notice notice-warning";
    notice.setAttribute("role", "status");
    notice.textContent = this.element.dataset["words"] ?? "";
    const again = document.createElement("a");
    again.href = location.href;
    again.textContent = " ↻";
    again.addEventListener("click", () => location.reload());
    notice.append(again);
    this.element.before(notice);
  }
}
