/** A film in several sizes: the light one unless the line is known to carry more. Without script the links lead to the files. */
interface Line {
  downlink?: number; // Mbit/s as the browser has seen it
  rtt?: number; // milliseconds there and back; a dish has 600
  saveData?: boolean;
}

const ORDINARY = 5;
const NEAR = 300;

export class Film {
  private readonly video: HTMLVideoElement;

  constructor(private readonly row: HTMLElement) {
    this.video = row.closest("figure")!.querySelector("video")!;
    row.addEventListener("click", (event) => this.choose(event));
    const line = (navigator as { connection?: Line }).connection;
    const ordinary = row.querySelector<HTMLAnchorElement>("[data-ordinary]");
    if (ordinary && line && !line.saveData && (line.downlink ?? 0) >= ORDINARY && (line.rtt ?? NEAR) < NEAR) this.take(ordinary);
  }

  private choose(event: Event): void {
    const link = (event.target as HTMLElement).closest("a");
    if (!link) return;
    event.preventDefault();
    const { currentTime, paused } = this.video;
    this.take(link);
    if (currentTime) this.video.addEventListener("loadedmetadata", () => (this.video.currentTime = currentTime), { once: true });
    if (!paused) void this.video.play();
  }

  private take(link: HTMLAnchorElement): void {
    for (const one of this.row.querySelectorAll("a")) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    this.video.src = link.href;
  }
}
