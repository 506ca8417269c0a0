/** The learning system around a package, if there is one: SCORM 1.2 (RTE 3.3.6) or SCORM 2004 (RTE 4th Ed. 3.3). */
type Api = Record<string, (...values: string[]) => unknown>;
type Names = [modern: string, old: string];

const FARTHEST = 50;

export class Scorm {
  private readonly api: Api | null;
  readonly modern: boolean;
  private open = false;
  private readonly began = Date.now();

  constructor() {
    const modern = this.find("API_1484_11");
    this.modern = modern !== null;
    this.api = modern ?? this.find("API");
    this.open = this.call(["Initialize", "LMSInitialize"], "") === "true";
  }

  get there(): boolean {
    return this.open;
  }

  get(names: Names): string {
    const name = this.name(names);
    return this.open && name ? this.call(["GetValue", "LMSGetValue"], name) : "";
  }

  set(names: Names, value: string): void {
    const name = this.name(names);
    if (this.open && name) this.call(["SetValue", "LMSSetValue"], name, value);
  }

  save(): void {
    if (this.open) this.call(["Commit", "LMSCommit"], "");
  }

  finish(done: boolean, wish = ""): void {
    if (!this.open) return;
    this.set(["cmi.session_time", "cmi.core.session_time"], this.duration());
    this.set(["cmi.exit", "cmi.core.exit"], done ? (this.modern ? "normal" : "") : "suspend");
    if (wish) this.set(["adl.nav.request", ""], wish);
    this.save();
    this.open = false;
    this.call(["Terminate", "LMSFinish"], "");
  }

  private name([modern, old]: Names): string {
    return this.modern ? modern : old;
  }

  private call([modern, old]: Names, ...values: string[]): string {
    const ask = this.api?.[this.modern ? modern : old];
    return ask ? String(ask.apply(this.api, values)) : "";
  }

  private find(name: string): Api | null {
    return this.climb(window, name) ?? (window.opener ? this.climb(window.opener as Window, name) : null);
  }

  private climb(start: Window, name: string): Api | null {
    let frame = start;
    for (let step = 0; step < FARTHEST; step += 1) {
      try {
        const found = (frame as unknown as Record<string, Api | undefined>)[name];
        if (found) return found;
      } catch {
        return null; // another site's frame: nothing of ours lies beyond it
      }
      if (frame.parent === frame) return null;
      frame = frame.parent;
    }
    return null;
  }

  private duration(): string {
    const seconds = Math.max(0, Math.round((Date.now() - this.began) / 1000));
    if (this.modern) return `PT${seconds}S`;
    const two = (value: number): string => String(value).padStart(2, "0");
    return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
}
