/** A <details> menu closes on Escape, on a click elsewhere and when the focus leaves it. */
export class Menu {
  constructor(private readonly details: HTMLElement) {
    document.addEventListener("click", (event) => this.closeUnlessInside(event.target));
    details.addEventListener("focusout", (event) => event.relatedTarget && this.closeUnlessInside(event.relatedTarget));
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.hasAttribute("open")) return;
      details.removeAttribute("open");
      details.querySelector("summary")?.focus();
    });
  }

  private closeUnlessInside(target: EventTarget | null): void {
    if (!(target instanceof Node && this.details.contains(target))) this.details.removeAttribute("open");
  }
}
