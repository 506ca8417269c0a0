/** Measures the line of the school from a page: delay first, then downwards and upwards, in growing pieces. */
import { filled, find } from "./data.ts";

const PINGS = 10;
const DOWN = [65_536, 262_144, 1_048_576, 2_097_152];
const UP = [32_768, 131_072, 524_288, 1_048_576];
const LONG_ENOUGH = 1_500;
const PATIENCE = 20_000;

interface Measured {
  down: number;
  up: number;
  latency: number;
  jitter: number;
  loss: number;
  received: number;
}

export class Meter {
  private readonly words: HTMLElement;
  private readonly button: HTMLButtonElement;

  constructor(private readonly root: HTMLElement) {
    this.words = find("[role=status]", root)!;
    this.button = find<HTMLButtonElement>("button", root)!;
    this.button.addEventListener("click", () => void this.measure());
  }

  private async measure(): Promise<void> {
    this.button.disabled = true;
    try {
      const found = await this.figures();
      const answer = await this.call("result", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(found),
      });
      if (!answer.ok) throw new Error();
      const shown = { down: found.down.toFixed(1), up: found.up.toFixed(1), latency: Math.round(found.latency) };
      this.words.textContent = filled(this.root.dataset["done"]!, shown);
    } catch {
      this.words.textContent = this.root.dataset["failed"]!;
    }
    this.button.disabled = false;
  }

  private async figures(): Promise<Measured> {
    this.words.textContent = this.root.dataset["delay"]!;
    const times: number[] = [];
    for (let place = 0; place < PINGS; place += 1) {
      const took = await this.took("ping").catch(() => null);
      if (took !== null) times.push(took);
    }
    if (!times.length) throw new Error();
    this.words.textContent = this.root.dataset["down"]!;
    const down = await this.speed(DOWN, (size) => this.took(`down?bytes=${size}`));
    this.words.textContent = this.root.dataset["up"]!;
    const up = await this.speed(UP, (size) => this.took("up", { method: "POST", body: noise(size) }));
    const jitter = times.slice(1).reduce((sum, one, place) => sum + Math.abs(one - times[place]!), 0);
    return {
      down: down.speed, up: up.speed, received: down.bytes + up.bytes, loss: 1 - times.length / PINGS,
      latency: [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)]!,
      jitter: jitter / Math.max(1, times.length - 1),
    };
  }

  /** The largest piece counts; growing stops when one took long enough to say something. */
  private async speed(sizes: number[], send: (size: number) => Promise<number>): Promise<{ speed: number; bytes: number }> {
    let speed = 0;
    let bytes = 0;
    for (const size of sizes) {
      const took = await send(size);
      bytes += size;
      speed = (size * 8) / 1000 / Math.max(took, 1);
      if (took >= LONG_ENOUGH) break;
    }
    return { speed, bytes };
  }

  private async took(path: string, wanted: RequestInit = {}): Promise<number> {
    const began = performance.now();
    const answer = await this.call(path, wanted);
    if (!answer.ok) throw new Error();
    await answer.arrayBuffer();
    return performance.now() - began;
  }

  private call(path: string, wanted: RequestInit): Promise<Response> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const headers = { ...(wanted.headers as object), Authorization: `Bearer ${this.root.dataset["ticket"]}` };
    return fetch(`${this.root.dataset["base"]}/${path}`, {
      ...wanted, headers, credentials: "omit", cache: "no-store", signal: stop.signal,
    }).finally(() => clearTimeout(timer));
  }
}

function noise(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let place = 0; place < size; place += 65_536) crypto.getRandomValues(bytes.subarray(place, Math.min(size, place + 65_536)));
  return bytes;
}
