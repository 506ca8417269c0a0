/** A model in three dimensions is loaded when it is opened, and what draws it with it. Without WebGL its words stay. */
import type { Face, Words } from "./solid/viewer.ts";

interface Door {
  showSolid?: (host: HTMLElement, data: ArrayBuffer, name: string, words: Words) => Promise<Face>;
  solidArrived?: (letters: string) => void;
}

const door = window as unknown as Door;
/** A model of a folder without a server answers by a call of this name, so one is loaded after the other. */
let queue: Promise<unknown> = Promise.resolve();

let known: boolean | null = null;

/** Asked once for a page: the first context of a browser takes its time. */
const drawn = (): boolean => (known ??= tried());

const tried = (): boolean => {
  const context = document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
};

function loaded(element: HTMLScriptElement | HTMLLinkElement): Promise<void> {
  return new Promise((done, failed) => {
    element.addEventListener("load", () => done());
    element.addEventListener("error", () => failed(new Error("load")));
    document.head.append(element);
  });
}

function script(address: string): Promise<void> {
  return loaded(Object.assign(document.createElement("script"), { src: address }));
}

async function viewer(address: string, sheet: string): Promise<void> {
  if (door.showSolid) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet });
  await Promise.all([script(address), loaded(link)]);
}

/** A page that lies in a folder may start scripts but not read files: there the model lies in letters beside itself. */
function fromFolder(address: string): Promise<ArrayBuffer> {
  const next = queue.then(async () => {
    let letters = "";
    door.solidArrived = (found) => (letters = found);
    await script(`${address}.js`);
    return Uint8Array.from(atob(letters), (one) => one.charCodeAt(0)).buffer;
  });
  queue = next.catch(() => undefined);
  return next;
}

async function fetched(address: string): Promise<ArrayBuffer> {
  if (location.protocol === "file:") return fromFolder(address);
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.arrayBuffer();
}

export class Solid {
  private readonly said: HTMLElement;
  private busy = false;

  constructor(private readonly details: HTMLElement) {
    this.said = details.querySelector<HTMLElement>("[role=status]")!;
    details.addEventListener("toggle", () => void this.open());
  }

  private async open(): Promise<void> {
    const { file, viewer: address, sheet, name, words } = this.details.dataset;
    if (!this.details.hasAttribute("open") || this.busy || !file || !drawn()) return;
    this.busy = true;
    const told = JSON.parse(words ?? "{}") as Words;
    this.said.textContent = told.loading;
    try {
      const [data] = await Promise.all([fetched(file), viewer(address ?? "", sheet ?? "")]);
      await door.showSolid!(this.details, data, name ?? "", told);
      this.said.hidden = true;
    } catch {
      this.said.textContent = told.lost;
      this.busy = false;
    }
  }
}
