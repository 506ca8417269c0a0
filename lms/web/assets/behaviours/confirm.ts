/**
 * A question before something that cannot be undone. Without script it is a <details> that unfolds;
 * with it the same question is asked in the browser's own dialog, which keeps the focus inside.
 */
export class Confirm {
  private readonly dialog = document.createElement("dialog");

  constructor(details: HTMLElement) {
    const summary = details.querySelector("summary");
    const body = details.querySelector<HTMLElement>(".confirm-body");
    if (!summary || !body || !("showModal" in this.dialog)) return;
    this.dialog.className = "dialog";
    const question = body.querySelector<HTMLElement>(".confirm-question");
    if (question) this.dialog.setAttribute("aria-label", question.textContent?.trim() ?? "");
    summary.addEventListener("click", (event) => this.ask(event, body));
    this.dialog.addEventListener("close", () => summary.focus());
    body.querySelector("[data-close]")?.addEventListener("click", () => this.dialog.close());
    details.after(this.dialog);
  }

  private ask(event: Event, body: HTMLElement): void {
    event.preventDefault();
    body.hidden = false;
    this.dialog.append(body);
    this.dialog.showModal();
  }
}
