/** What the server hands to a page of the live room. Names are short because the same ones travel as events. */
export interface Asked {
  q: string;
  k: "single" | "multiple" | "number" | "text" | "cloud" | "pairs" | "order" | "gaps";
  t: string;
  o: string[];
  n: number;
  e?: string;
  p?: number; // how many pairs: the first so many options are asked about, the others are to choose from
}

/** Work in pairs: number, task, schools in both languages, pairs of [pupil, name, school], answers by pair. */
export interface Pairs {
  n: number;
  t: string;
  s: [string, string][];
  g: [string, string, number][][];
  a?: Record<string, string>;
}

export interface Stroke {
  s: number;
  c: number;
  p: number[];
}

export interface Called {
  p: string;
  name: string;
  class: string;
  kk: string;
  ru: string;
}

export interface Now {
  phase: "planned" | "live" | "ended" | "cancelled";
  slide: number;
  ink: Stroke[];
  called: Called | null;
  timer: number;
  away: number;
  ask: Asked | null;
  pairs: Pairs | null;
  minute: number;
  seen?: string[]; // there, too: whose answer has come
  outside?: boolean; // on the school's own network: whether the line out of the school is there
}

export interface Step {
  minutes: number;
  who: string;
  what: string;
  slide: number;
}

export interface Data {
  ticket: string;
  who: string;
  room: string;
  role: "teacher" | "staff" | "pupil" | "onlooker";
  live: string;
  say: string;
  state: string;
  board?: string;
  local?: boolean; // held by a computer of the school, on its own network
  cards?: Record<string, [number, number, string][]>; // by class: number, code, pupil
  voice?: { server: string; room: number; name: string; leads: boolean; token: string; door: string };
  slides: { url: string; bytes: number; w: number; h: number; t: string }[];
  script: Step[];
  questions: Record<string, Asked>;
  now: Now;
  texts: Record<string, string>;
}

export function find<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T | null {
  return root.querySelector<T>(selector);
}

/** 245 → 4:05 */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "%(name)s спрашивает" with its values. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/%\((\w+)\)s/g, (_all, name: string) => String(values[name] ?? ""));
}
