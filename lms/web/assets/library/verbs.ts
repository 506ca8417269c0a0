/** The verbal ladder: from a form to the stems it can be made of. The twin of lms/library/language/verbs.py. */
import type { Nouns } from "./nouns.ts";
import type { Rules } from "./rules.ts";
import { agrees, BACK, FRONT, last, syllables, verbKey, VOICELESS, VOWELS } from "./sounds.ts";

const OPEN = new Set("аәеоөұүыі");
const DULL = new Set([...VOICELESS].filter((one) => !"бвгғд".includes(one)));
const MANY = ["дылар", "ділер", "тылар", "тілер"];
const OTHER = ["ла", "ле", "да", "де", "та", "те"];

export class Verbs {
  private readonly finite: Set<string>;
  private readonly nominal: Set<string>;
  private readonly longest: number;

  constructor(private readonly rules: Rules, private readonly nouns: Nouns) {
    this.finite = new Set(rules.finite);
    this.nominal = new Set(rules.nominal);
    this.longest = Math.max(...rules.finite.map((one) => one.length));
  }

  stems(word: string): Set<string> {
    const soft = "юя".includes(last(word)) || word.slice(2).includes("я");
    const forms = new Set([word, soft ? word.replace(/ю/g, "йу").replace(/я/g, "йа") : word]);
    if (MANY.some((one) => word.endsWith(one))) forms.add(word.slice(0, -3));
    const found = new Set<string>();
    for (const form of forms) {
      for (const stem of this.finiteStems(form)) found.add(stem);
      for (const rung of this.nouns.ladder(form)) for (const stem of this.cut(rung, this.nominal)) found.add(stem);
    }
    return found;
  }

  /** For marking: the keys of stems, and of the stem beneath a passive. */
  keys(word: string): Set<string> {
    return new Set([...this.stems(word)].flatMap((stem) => [stem, ...active(stem)]).map(verbKey));
  }

  private finiteStems(word: string): string[] {
    const end = this.rules.derived.find((one) => word.endsWith(one));
    const shorter = end ? this.cut(word.slice(0, word.length - end.length + 1), this.finite) : [];
    return [...this.cut(word, this.finite), ...shorter];
  }

  private cut(word: string, endings: Set<string>): string[] {
    const found: string[] = [];
    for (let length = 1; length <= Math.min(this.longest, word.length - 2); length += 1) {
      if (endings.has(word.slice(-length))) found.push(...stemsOf(word, word.slice(-length)));
    }
    return found;
  }
}

/** бере, қала: marked apart, as so many of them are nouns. */
export function converbStems(word: string): string[] {
  const spread = word.endsWith("я") ? `${word.slice(0, -1)}йа` : word;
  const stem = spread.slice(0, -1), end = last(spread);
  const legal = "ае".includes(end) && isStem(stem) && follows(stem, end) && inTune(stem, end);
  return legal && syllables(stem) === 1 ? [stem] : [];
}

function stemsOf(word: string, suffix: string): string[] {
  const stem = word.slice(0, word.length - suffix.length);
  if (!isStem(stem) || !follows(stem, suffix) || !inTune(stem, suffix) || isOtherWord(stem, suffix)) return [];
  const softened = last(stem) === "у" && stem.length > 2 && ["ып", "іп", "ыпты", "іпті"].includes(suffix);
  return softened ? [stem, `${stem.slice(0, -1)}п`] : [stem];
}

function isOtherWord(stem: string, suffix: string): boolean {
  if (suffix === "р" || suffix === "м") return OTHER.some((one) => stem.endsWith(one));
  return (suffix === "а" || suffix === "е") && syllables(stem) === 1 && VOWELS.has(last(stem, 2));
}

function isStem(stem: string): boolean {
  if (stem === "де" || stem === "же") return true;
  if (stem.length < 2 || !syllables(stem) || stem.length > 24) return false;
  const two = !VOWELS.has(last(stem)) && !VOWELS.has(last(stem, 2));
  if (stem.length > 2 && two && !"рлнймц".includes(last(stem, 2))) return false;
  return syllables(stem) > 1 || !"аәеоө".includes(last(stem));
}

function inTune(stem: string, suffix: string): boolean {
  return agrees(stem, suffix.replace(/[уи]/g, "").replace(/ұ/g, "ы"));
}

function follows(stem: string, suffix: string): boolean {
  const end = last(stem), first = suffix[0]!;
  const open = OPEN.has(end);
  if ("йрң".includes(first)) return open;
  if (first === "п") return "ае".includes(suffix[1] ?? "-") ? DULL.has(end) : open;
  if (BACK.has(first) || FRONT.has(first)) return !open;
  if ("иу".includes(first)) return true;
  if ("дғг".includes(first)) return !VOICELESS.has(end);
  if ("тқк".includes(first)) return DULL.has(end);
  if (first === "б") return "зжмнң".includes(end);
  if (first === "м") return !DULL.has(end) && !"зж".includes(end);
  return true;
}

function active(stem: string): string[] {
  const ends = (...some: string[]): boolean => some.some((one) => stem.endsWith(one));
  const count = syllables(stem);
  if ((ends("ыл", "іл") && count > 1) || ends("лын", "лін")) return [stem.slice(0, -2)];
  const long = ends("ал", "ел", "лан", "лен") && count > 2;
  return long || (ends("ал", "ел") && count === 2 && !VOWELS.has(last(stem, 3))) ? [stem.slice(0, -1)] : [];
}
