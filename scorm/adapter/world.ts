/** What the courier is handed, and what it hands on. */

export type State = "school" | "computer" | "unsaved";
export type Answers = Readonly<Record<string, unknown>>;

/** Where deltas go and what lets them in. */
export interface Permit {
  readonly token: string;
  readonly url?: string;
}

export interface Ticket extends Permit {
  readonly launch: string;
  readonly std: string;
  /** the first free number of this launch */
  readonly seq?: number;
}

/** `status` 0: no answer came. */
export interface Reply {
  readonly status: number;
  readonly answer: Answers;
  readonly retryAfter: number;
}

/** What the courier needs of the world; in the browser `window` has all of it. */
export interface World {
  fetch(url: string, init: RequestInit): Promise<Response>;
  setTimeout(work: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  /** milliseconds that only ever grow: a computer's clock may jump by hours */
  now(): number;
  /** the computer's date, for the record only */
  date(): string;
  random(): number;
}

/** What the page around the content wants to know or has to decide. */
export interface Host {
  /** for the indicator: saved at school, saved on this computer, not saved */
  onState?(state: State): void;
  /** the server's answer to a delta: valid requests, and where a finished session leads */
  onAnswer?(answer: Answers): void;
  /** a fresh token in place of one that is refused; null: the learner has to sign in */
  renew?(): Promise<string | null>;
  /** sending has stopped or is in trouble: "superseded", "signed-out", "refused 400", "too-large cmi.x" */
  onTrouble?(code: string): void;
}
