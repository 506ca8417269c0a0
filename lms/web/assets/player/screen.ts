/** Everything that is drawn around the content: indicator, contents, controls, notices. */

import type { State } from "../../../../scorm/adapter/index.ts";
import type { Texts } from "./texts.ts";

export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
  readonly leaf: boolean;
}

export interface Ways {
  readonly valid: {
    readonly continue: boolean;
    readonly previous: boolean;
    readonly suspendAll: boolean;
    readonly choice: readonly string[];
  };
  readonly hide: readonly string[];
  readonly done: Readonly<Record<string, string>>;
}

export type Mover = (move: string, target?: string) => void;

/** Names a package may hide a control by (CAM 4th Ed. 5.2.2). */
const LEAVING = ["exit", "exitAll", "suspendAll"];

export class Screen {
  private readonly stage = part("stage");
  private readonly notice = part("notice");
  private readonly state = part("state");
  private readonly list = part("contents").querySelector("ol") as HTMLOListElement;
  private frame: HTMLIFrameElement | null = null;

  constructor(
    private readonly texts: Texts,
    private readonly onMove: Mover,
  ) {
    const toggle = part("toggle");
    toggle.addEventListener("click", () => this.fold(Boolean(part("contents").hidden)));
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-move]")) {
      button.addEventListener("click", () => this.onMove(button.dataset["move"] as string));
    }
    this.list.addEventListener("click", (event) => {
      const target = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-id]");
      if (target) this.onMove("choice", target.dataset["id"]);
    });
  }

  name(title: string): void {
    document.title = title;
    part("title").textContent = title;
  }

  /** The pupil's words for where their work is. */
  saved(state: State): void {
    this.state.dataset["state"] = state;
    this.state.textContent = this.texts[state] ?? "";
  }

  /** Content that ends in its own handlers speaks while its frame is taken away. */
  empty(message: string): void {
    this.frame?.remove();
    this.frame = null;
    this.message(message);
  }

  message(text: string): void {
    let place = document.getElementById("message");
    if (!place) {
      place = Object.assign(document.createElement("p"), { id: "message", tabIndex: -1 });
      this.stage.prepend(place);
    }
    place.textContent = text;
    if (!this.frame) place.focus();
  }

  /** What can be done where a message stands instead of content. */
  offer(text: string, action: () => void): void {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    button.addEventListener("click", action);
    document.getElementById("message")?.append(document.createElement("br"), button);
  }

  show(address: string, title: string, onTop: () => void): void {
    document.getElementById("message")?.remove();
    const frame = document.createElement("iframe");
    frame.title = title;
    frame.allow = "unload; fullscreen; autoplay";
    frame.src = address;
    frame.addEventListener("load", () => {
      if (frame === this.frame) frame.focus();
      watchForTop(frame, onTop);
    });
    this.frame?.remove();
    this.frame = frame;
    this.stage.append(frame);
  }

  say(text: string, button = "", action: () => void = () => undefined): void {
    this.notice.hidden = text === "";
    this.notice.textContent = text;
    if (!button) return;
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: button });
    again.addEventListener("click", action);
    this.notice.append(" ", again);
  }

  contents(entries: readonly Entry[]): void {
    const several = entries.filter(({ leaf }) => leaf).length > 1;
    part("toggle").hidden = !several;
    this.list.replaceChildren(...(several ? entries.map((entry) => this.entry(entry)) : []));
    this.fold(several && window.innerWidth > 900);
  }

  ways(ways: Ways, current: string | null): void {
    const { valid, hide, done } = ways;
    const offered: Readonly<Record<string, boolean>> = {
      continue: valid.continue && !hide.includes("continue"),
      previous: valid.previous && !hide.includes("previous"),
      leave: !LEAVING.every((name) => hide.includes(name)),
    };
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-move]")) {
      button.hidden = !offered[button.dataset["move"] as string];
    }
    for (const button of this.list.querySelectorAll<HTMLButtonElement>("button")) {
      const id = button.dataset["id"] as string;
      const status = done[id] ?? "";
      button.disabled = !valid.choice.includes(id);
      button.toggleAttribute("aria-current", id === current);
      button.dataset["status"] = status;
      (button.querySelector("small") as HTMLElement).textContent = status ? ` (${this.texts[status] ?? ""})` : "";
    }
  }

  private entry(entry: Entry): HTMLLIElement {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset["id"] = entry.id;
    button.textContent = entry.title;
    button.append(document.createElement("small"));
    line.className = `depth-${Math.min(entry.depth, 4)}`;
    line.append(button);
    return line;
  }

  private fold(open: boolean): void {
    part("contents").hidden = !open;
    part("toggle").setAttribute("aria-expanded", String(open));
  }
}

export function part(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

/** Old content climbs to the top page, which is another site here: a browser's error then tells us. */
function watchForTop(frame: HTMLIFrameElement, onTop: () => void): void {
  try {
    frame.contentWindow?.addEventListener("error", (event) => {
      if (/SecurityError|cross-origin|Blocked a frame|Permission denied/i.test(event.message)) onTop();
    });
  } catch {
    // content that has left for another site is out of our sight
  }
}
