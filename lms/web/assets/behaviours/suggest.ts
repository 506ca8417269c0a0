/**
 * Completes the last word while somebody types: a combobox (ARIA 1.2). Without script the field is a plain one.
 */
const PAUSE = 120;

export class Suggest {
  private readonly list = document.createElement("ul");
  private timer = 0;
  private asked = "";
  private at = -1;

  private readonly input: HTMLInputElement;

  constructor(element: HTMLElement) {
    const input = (this.input = element as HTMLInputElement);
    const name = `${input.id}-suggestions`;
    this.list.id = name;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset["label"] ?? "");
    this.list.hidden = true;
    input.parentElement?.classList.add("suggestions");
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", name);
    input.setAttribute("autocomplete", "off");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const typed = (this.asked = this.input.value);
    if (typed.trim().length < 2) return this.close();
    try {
      const answer = await fetch(`${this.input.dataset["address"]}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && this.asked === typed) this.show((await answer.json()) as string[]);
    } catch {
      this.close();
    }
  }

  private show(words: string[]): void {
    this.list.replaceChildren(
      ...words.map((word, place) => {
        const one = document.createElement("li");
        one.id = `${this.list.id}-${place}`;
        one.setAttribute("role", "option");
        one.textContent = word;
        one.addEventListener("mousedown", () => this.take(word));
        return one;
      }),
    );
    this.at = -1;
    this.list.hidden = words.length === 0;
    this.input.setAttribute("aria-expanded", String(words.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const options = [...this.list.children];
    if (this.list.hidden || options.length === 0) return;
    if (event.key === "Escape") return this.close();
    if (event.key === "Enter" && this.at >= 0) return this.take(options[this.at]?.textContent ?? "");
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    this.at = (this.at + step + options.length) % options.length;
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === this.at)));
    this.input.setAttribute("aria-activedescendant", options[this.at]?.id ?? "");
  }

  private take(word: string): void {
    this.input.value = word;
    this.close();
    this.input.form?.submit();
  }

  private close(): void {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
