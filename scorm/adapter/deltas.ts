/**
 * What has been set and is not yet acknowledged: one open delta that grows, and before it sealed ones whose bytes
 * never change again, because the server knows a repetition by its hash (same number, other bytes = refused).
 */

/** Where the learner wants to go. It rides with what the content said last, so that a move is one request. */
export interface Wish {
  readonly move: string;
  readonly target?: string;
}

/** Whether the values of others hang on this element's ("steers": an interaction's type), or its value on another's. */
export type Weight = "plain" | "steers" | "steered";

export interface Delta {
  readonly seq: number;
  readonly set: ReadonlyMap<string, string>;
  readonly finish: boolean;
  readonly wish: Wish | null;
  readonly body: string;
  /** the journal has exactly this body */
  saved: boolean;
  /** requests on their way with it */
  flying: number;
  /** settles once the journal has taken it or failed to */
  written: Promise<unknown>;
}

export class Deltas {
  readonly sealed: Delta[] = [];
  private open = new Map<string, string>();
  private finish = false;
  private wish: Wish | null = null;
  private drafted: string | null = null;

  constructor(
    private readonly launch: string,
    private readonly std: string,
    private next: number,
    private readonly date: () => string,
  ) {}

  get opened(): boolean {
    return this.open.size > 0 || this.finish || this.wish !== null;
  }

  get empty(): boolean {
    return !this.opened && this.sealed.length === 0;
  }

  /** Whether this value may not join the open delta: what stands there already was right under the value before. */
  clashes(element: string, value: string, weight: Weight): boolean {
    return weight === "steers" && (this.open.get(element) ?? value) !== value;
  }

  /**
   * An element keeps its first place, so that what depends on it stands behind it; one that hangs on another's value
   * goes to the end, because that other value may have been set since.
   */
  add(element: string, value: string, weight: Weight): void {
    if (weight === "steered") this.open.delete(element);
    this.open.set(element, value);
    this.drafted = null;
  }

  end(): void {
    this.finish = true;
    this.drafted = null;
  }

  /** With the next delta the learner moves on; a later wish replaces one that has not left yet. */
  move(wish: Wish): void {
    this.wish = wish;
    this.drafted = null;
  }

  /** The open delta as it stands, for the journal; a later draft under the same number replaces it. */
  draft(): { launch: string; seq: number; body: string } {
    this.drafted ??= this.write(this.next, this.open, this.finish, this.wish);
    return { launch: this.launch, seq: this.next, body: this.drafted };
  }

  /** Closes the open delta; a draft that is still true becomes its body, so that the journal already has it. */
  seal(): Delta {
    const { body } = this.draft();
    const delta = { ...this.make(this.next++, this.open, this.finish, this.wish), body };
    this.drafted = null;
    this.open = new Map();
    this.finish = false;
    this.wish = null;
    this.sealed.push(delta);
    return delta;
  }

  drop(delta: Delta): void {
    const at = this.sealed.indexOf(delta);
    if (at >= 0) this.sealed.splice(at, 1);
  }

  /** A number the server waits for and nobody has any more: nothing stands in it. */
  fill(seq: number): Delta {
    const delta = this.make(seq, new Map(), false, null);
    this.sealed.push(delta);
    this.sealed.sort((one, other) => one.seq - other.seq);
    return delta;
  }

  /** Back into the open delta, beneath everything that was set later. */
  reopen(delta: Delta): void {
    const later = this.sealed.filter(({ seq }) => seq > delta.seq);
    const kept = [...delta.set].filter(([element]) => !later.some(({ set }) => set.has(element)));
    this.drop(delta);
    this.open = new Map([...kept, ...this.open]);
    this.finish ||= delta.finish;
    this.wish ??= delta.wish;
    this.drafted = null;
  }

  /** Too large for the server: the first half keeps the number, the rest comes after it. null: cannot be cut. */
  halve(delta: Delta): Delta | null {
    if (delta.set.size < 2) return null;
    const all = [...delta.set];
    const middle = all.length >> 1;
    const half = this.make(delta.seq, new Map(all.slice(0, middle)), false, null);
    this.reopen({ ...delta, set: new Map(all.slice(middle)) });
    this.drop(delta);
    this.sealed.push(half);
    this.sealed.sort((one, other) => one.seq - other.seq);
    return half;
  }

  private make(seq: number, set: Map<string, string>, finish: boolean, wish: Wish | null): Delta {
    const body = this.write(seq, set, finish, wish);
    return { seq, set, finish, wish, body, saved: false, flying: 0, written: Promise.resolve() };
  }

  private write(seq: number, set: Map<string, string>, finish: boolean, wish: Wish | null): string {
    return JSON.stringify({
      v: 1,
      launch: this.launch,
      seq,
      std: this.std,
      set: Object.fromEntries(set),
      ...(finish ? { finish } : {}),
      ...(wish ?? {}),
      client_time: this.date(),
    });
  }
}
