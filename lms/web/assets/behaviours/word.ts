/**
 * A word selected on a page can be looked up: a button comes up, its card opens in a dialog. Without script the
 * dictionary has a page of its own, and ?word= shows the card on any page.
 */
const PAUSE = 250;
const LONGEST = 60;
const MOST_WORDS = 4;

export class Word {
  private readonly button = document.createElement("button");
  private readonly dialog = document.createElement("dialog");
  private timer = 0;
  private chosen = "";

  constructor(private readonly element: HTMLElement) {
    if (!("showModal" in this.dialog)) return;
    this.button.type = "button";
    this.button.className = "look-up primary";
    this.button.hidden = true;
    this.button.addEventListener("click", () => void this.open());
    this.dialog.className = "dialog";
    this.dialog.setAttribute("aria-label", element.dataset["title"] ?? "");
    element.append(this.button, this.dialog);
    document.addEventListener("selectionchange", () => this.later());
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.offer(), PAUSE);
  }

  private offer(): void {
    // Pressing the button takes the selection away in some browsers; the word is kept until the next one.
    if (this.dialog.open || document.activeElement === this.button) return;
    const text = selected();
    this.chosen = text;
    this.button.hidden = text === "";
    this.button.textContent = `${this.element.dataset["label"] ?? ""}: ${text}`;
  }

  private async open(): Promise<void> {
    const answer = await fetch(`${this.element.dataset["address"]}?q=${encodeURIComponent(this.chosen)}`);
    if (!answer.ok || answer.redirected) return;
    this.dialog.innerHTML = await answer.text();
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = this.element.dataset["close"] ?? "";
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.append(close);
    this.dialog.showModal();
    this.button.hidden = true;
  }
}

function selected(): string {
  const selection = document.getSelection();
  const inside = selection?.anchorNode?.parentElement?.closest("main");
  const text = (selection?.toString() ?? "").trim().replace(/\s+/g, " ");
  const words = text.split(" ").length;
  return inside && /\p{L}{2}/u.test(text) && text.length <= LONGEST && words <= MOST_WORDS ? text : "";
}
