/**
 * A toolbar by the ARIA pattern: one stop for Tab, arrows inside. Its buttons and their names are written by the
 * server, in the language of the page.
 */
export function toolbarFrom(template: string, label: string, press: (button: HTMLButtonElement) => void): HTMLElement | null {
  const made = document.querySelector<HTMLTemplateElement>(`template#${template}`)?.content.firstElementChild?.cloneNode(true);
  if (!(made instanceof HTMLElement)) return null;
  const buttons = Array.from(made.querySelectorAll("button"));
  made.setAttribute("aria-label", [made.getAttribute("aria-label"), label].filter(Boolean).join(": "));
  buttons.forEach((button, place) => (button.tabIndex = place ? -1 : 0));
  made.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    if (!button) return;
    stop(buttons, buttons.indexOf(button));
    press(button);
  });
  made.addEventListener("keydown", (event) => move(event, buttons));
  return made;
}

function move(event: KeyboardEvent, buttons: HTMLButtonElement[]): void {
  const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const last = buttons.length - 1;
  const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last }[event.key];
  if (next === undefined || now < 0) return;
  event.preventDefault();
  const place = (next + last + 1) % (last + 1);
  stop(buttons, place);
  buttons[place]!.focus();
}

function stop(buttons: HTMLButtonElement[], place: number): void {
  buttons.forEach((button, number) => (button.tabIndex = number === place ? 0 : -1));
}
