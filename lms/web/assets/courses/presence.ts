/** Says every half minute that somebody sits at this lesson, and shows who else does. */
const OFTEN = 20_000;

export class Presence {
  constructor(private readonly element: HTMLElement) {
    void this.beat();
    setInterval(() => !document.hidden && void this.beat(), OFTEN);
  }

  private async beat(): Promise<void> {
    const headers = { Accept: "application/json", "X-CSRFToken": this.element.dataset["token"]! };
    const answer = await fetch(this.element.dataset["address"]!, { method: "POST", headers }).catch(() => null);
    if (!answer?.ok) return;
    const { others } = (await answer.json()) as { others: string[] };
    this.element.hidden = others.length === 0;
    const words = `${this.element.dataset["words"]} ${others.join(", ")}`;
    if (others.length && this.element.textContent !== words) this.element.textContent = words;
  }
}
