/** Sections under each other become tabs (ARIA APG: tabs with automatic activation); on paper they stay sections. */
export class Tabs {
  private readonly panels: HTMLElement[];
  private readonly buttons: HTMLButtonElement[] = [];

  constructor(element: HTMLElement) {
    this.panels = Array.from(element.querySelectorAll<HTMLElement>(":scope > section"));
    if (this.panels.length < 2) return;
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    list.className = "c-tablist";
    this.panels.forEach((panel, place) => list.append(this.tab(panel, place)));
    element.prepend(list);
    element.classList.add("c-tabs-live");
    list.addEventListener("keydown", (event) => this.key(event));
    this.choose(0, false);
  }

  private tab(panel: HTMLElement, place: number): HTMLButtonElement {
    const heading = panel.querySelector("h3")!;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.setAttribute("role", "tab");
    button.id = `${heading.id}-tab`;
    panel.id ||= `${heading.id}-panel`;
    button.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", button.id);
    panel.tabIndex = 0;
    button.addEventListener("click", () => this.choose(place, true));
    this.buttons.push(button);
    return button;
  }

  private key(event: KeyboardEvent): void {
    const now = this.buttons.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const last = this.buttons.length - 1;
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.choose((next + last + 1) % (last + 1), true);
  }

  private choose(place: number, focus: boolean): void {
    this.buttons.forEach((button, number) => {
      button.setAttribute("aria-selected", String(number === place));
      button.tabIndex = number === place ? 0 : -1;
      this.panels[number]!.classList.toggle("c-panel-off", number !== place);
    });
    if (focus) this.buttons[place]!.focus();
  }
}
