/** The still picture of a model, as its author has turned it, is kept as if it had been chosen from the disk. */
export class Poster {
  private readonly said: HTMLElement;

  constructor(private readonly element: HTMLElement) {
    this.said = element.querySelector<HTMLElement>("[role=status]")!;
    element.querySelector("button")!.addEventListener("click", () => this.make());
  }

  private make(): void {
    const canvas = this.element.closest("section")?.querySelector<HTMLCanvasElement>(".c-turn canvas");
    if (!canvas) {
      this.said.textContent = this.said.dataset["open"] ?? "";
      return;
    }
    const detail = (picture: Blob): void => void this.send(picture);
    canvas.dispatchEvent(new CustomEvent("still", { detail }));
  }

  private async send(picture: Blob): Promise<void> {
    const { address, token, in: language } = this.element.dataset;
    const form = new FormData();
    form.set("csrf_token", token ?? "");
    form.set("in", language ?? "");
    form.set("field", "poster");
    form.set("file", picture, "model.png");
    const answer = await fetch(address ?? "", { method: "POST", body: form, credentials: "same-origin" });
    if (answer.ok) location.reload();
  }
}
