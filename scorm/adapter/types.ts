/** The checks a table's types are made of; the twin of scorm/datamodel/types.py. Each answers null or a reason. */

import type { Marks, Table, TypeSpec } from "./table.ts";

type Reason = string | null;
type Check = (checker: Checker, spec: TypeSpec, value: string) => Reason;

const MARK = /^\{([a-z_]+)=([^{}]*)\}/;
const TAG = /^([A-Za-z]{1,3})(?:-[A-Za-z0-9]{1,8})*$/;
const PRIVATE_USE = /^q[a-t][a-z]$/;
/** Patterns as long as the book foresees at all come back as they were sent: ADL's cases ask for both. */
const TIDY = 32768;
const LANGUAGE: Marks = { lang: { default: null } };
const compiled = new Map<string, RegExp>();

/** The types of one table. `check(name, value)` is the whole of its face. */
export class Checker {
  readonly languages: ReadonlySet<string>;

  constructor(private readonly types: Table["types"], languages: string) {
    this.languages = new Set(languages.split(" "));
  }

  check(name: string, value: string): Reason {
    const spec = this.types[name] as TypeSpec;
    return (CHECKS[spec.check] as Check)(this, spec, value);
  }

  /** A checked value as it is kept: its marks in the table's order, without those that say the default. */
  canonical(name: string, value: string): string {
    const { marks, check } = this.types[name] as TypeSpec;
    if (!marks || !value.startsWith("{") || value.length > TIDY) return value;
    const all: Marks = check === "localized" ? { ...marks, ...LANGUAGE } : marks;
    const { taken, rest } = takeMarks(all, value);
    const said = (mark: string): string => {
      const word = taken.get(mark);
      return word === undefined || word === all[mark]?.default ? "" : `{${mark}=${word}}`;
    };
    return Object.keys(all).map(said).join("") + rest;
  }
}

/** Whether the whole value matches. Code points are counted (flag u), as Python counts them. */
function matches(regex: string, value: string): boolean {
  let ready = compiled.get(regex);
  if (!ready) compiled.set(regex, (ready = new RegExp(`^(?:${regex})$`, "u")));
  return ready.test(value);
}

const text: Check = (_, { max }, value) => (max !== undefined && value.length > max ? "too_long" : null);

const pattern: Check = (checker, spec, value) =>
  matches(spec.regex as string, value) ? text(checker, spec, value) : "type";

const words: Check = (_, spec, value) => ((spec.words as readonly string[]).includes(value) ? null : "type");

const number: Check = (_, spec, value) => {
  if (value === "" && spec.empty) return null;
  if (!matches(spec.regex as string, value)) return "type";
  const found = Number(value);
  return (spec.min ?? found) <= found && found <= (spec.max ?? found) ? null : "range";
};

/** RTE 4.1.1.6: RFC 3066, of which only the primary subtag has a closed list. */
const language: Check = (checker, spec, value) => {
  if (value === "" && spec.empty) return null;
  const primary = TAG.exec(value)?.[1]?.toLowerCase();
  if (primary === undefined) return "type";
  return checker.languages.has(primary) || PRIVATE_USE.test(primary) ? null : "type";
};

/** The {name=value} marks a value begins with, each at most once, and what follows; any other brace is text. */
function takeMarks(names: Marks, value: string): { taken: Map<string, string>; rest: string } {
  const taken = new Map<string, string>();
  for (let found = MARK.exec(value); found; found = MARK.exec(value)) {
    const [whole, name = "", word = ""] = found;
    if (!Object.hasOwn(names, name) || taken.has(name)) break;
    taken.set(name, word);
    value = value.slice(whole.length);
  }
  return { taken, rest: value };
}

function marksHold(marks: Marks, taken: ReadonlyMap<string, string>): boolean {
  return [...taken].every(([name, word]) => marks[name]?.words?.includes(word) ?? true);
}

/** RTE 4.1.1.6: a text with at most one language before it. */
const localized: Check = (checker, spec, value) => {
  const marks = spec.marks ?? {};
  const { taken, rest } = takeMarks({ ...marks, ...LANGUAGE }, value);
  const tag = taken.get("lang");
  if (tag !== undefined && language(checker, { check: "language" }, tag)) return "type";
  return marksHold(marks, taken) ? text(checker, spec, rest) : "type";
};

/** The first reason any of the items gives. */
function firstReason(checker: Checker, names: readonly string[], values: readonly string[]): Reason {
  for (const [at, value] of values.entries()) {
    const reason = checker.check(names[at] ?? (names[0] as string), value);
    if (reason) return reason;
  }
  return null;
}

/** RTE 4.2.9.1 and 4.2.9.2: items with delimiters between them. */
const list: Check = (checker, spec, value) => {
  if (spec.most !== undefined && value.length > spec.most) return "too_long";
  const marks = spec.marks ?? {};
  const { taken, rest } = takeMarks(marks, value);
  if (!marksHold(marks, taken)) return "type";
  if (rest === "" && spec.empty) return null;
  const items = rest.split(spec.separator as string);
  if (spec.distinct && new Set(items).size < items.length) return "type";
  return firstReason(checker, [spec.item as string], items);
};

const parts: Check = (checker, spec, value) => {
  const found = value.split(spec.separator as string);
  const names = spec.parts as readonly string[];
  if (found.length !== names.length || (spec.some && !found.some(Boolean))) return "type";
  return firstReason(checker, names, found);
};

const span: Check = (checker, spec, value) => {
  const ends = value.split(spec.separator as string);
  if (ends.length !== 2 || ends.some((end) => end !== "" && checker.check(spec.item as string, end))) return "type";
  const [low, high] = ends;
  return low && high && Number(low) > Number(high) ? "type" : null;
};

const either: Check = (checker, spec, value) => {
  let reason: Reason = null;
  for (const name of spec.types as readonly string[]) {
    reason = checker.check(name, value);
    if (reason === null) break;
  }
  return reason;
};

const CHECKS: Readonly<Record<string, Check>> = {
  text, pattern, words, number, language, localized, list, parts, span, either,
};
