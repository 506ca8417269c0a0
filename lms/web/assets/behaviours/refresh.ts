/**
 * A part of a page that renews itself every few seconds for as long as the server marks it so. Without script
 * the part stays as it was and the reader loads the page again. Focus inside it is never taken away.
 */
const SECONDS = 4;
const MOST_SECONDS = 60;

export class Refresh {
  private pause = SECONDS;

  constructor(private part: HTMLElement) {
    this.wait();
  }

  private wait(): void {
    setTimeout(() => void this.renew(), this.pause * 1000);
  }

  private async renew(): Promise<void> {
    if (document.hidden || this.part.contains(document.activeElement)) return this.wait();
    const fresh = await fetched(this.part.id);
    // A line that is slow or gone is asked less and less often; so is a part that stands still.
    const moved = fresh !== null && fresh.textContent !== this.part.textContent;
    this.pause = moved ? SECONDS : Math.min(this.pause * 1.5, MOST_SECONDS);
    if (fresh) {
      this.part.replaceWith(fresh);
      this.part = fresh;
    }
    if (this.part.dataset["module"] === "refresh") this.wait();
  }

}

/** The part as the server has it now; null when it cannot be had. */
export async function fetched(id: string): Promise<HTMLElement | null> {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  } catch {
    return null;
  }
}
