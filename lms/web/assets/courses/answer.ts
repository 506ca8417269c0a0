/** Answers of a question come back in place. Without script the same form leads to the page once more. */
export class Answer {
  constructor(private readonly form: HTMLElement) {
    if (!(form instanceof HTMLFormElement) || !form.getAttribute("action")) return;
    form.addEventListener("submit", (event) => void this.send(event));
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    const form = this.form as HTMLFormElement;
    const block = form.closest<HTMLElement>(".block");
    const button = form.querySelector("button");
    if (button) button.disabled = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" },
      });
      const said = (await answer.json()) as { html?: string };
      if (!answer.ok || !said.html || !block) throw new Error(String(answer.status));
      this.show(block, said.html);
    } catch {
      if (button) button.disabled = false;
      form.submit();
    }
  }

  /** The markup is made by our own templates of clean values; it replaces the block, and the verdict is read aloud. */
  private show(block: HTMLElement, html: string): void {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    block.replaceChildren(...Array.from(fresh.body.childNodes));
    for (const form of block.querySelectorAll<HTMLElement>("form[data-module~=answer]")) new Answer(form);
    const verdict = block.querySelector<HTMLElement>(".c-verdict");
    verdict?.setAttribute("tabindex", "-1");
    verdict?.focus();
  }
}
