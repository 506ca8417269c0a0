/** What was typed without Kazakh letters, in Latin or with a slip. The twin of lms/library/language/tolerant.py. */
import { isLatin } from "./letters.ts";
import type { Nouns } from "./nouns.ts";
import type { Rules } from "./rules.ts";
import { BACK, last, nounKey } from "./sounds.ts";

const ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
const LATIN_ALPHABET = "abcdefghijklmnoprstuvz";
const SHORTEST_MENDED = 4;
const EVEN: Record<string, string> = { б: "п", г: "к", b: "p", g: "k" };
const CLUSTERS: [string, string[]][] = [["ng", ["n"]], ["x", ["ks"]], ["c", ["k", "s", "ts"]]];

export class Lexicon {
  readonly frequency = new Map<string, number>();
  private readonly byBare = new Map<string, string[]>();
  private readonly byLatin = new Map<string, string[]>();

  constructor(private readonly rules: Rules, private readonly nouns: Nouns, keys: Iterable<[string, number]>) {
    for (const [key, count] of keys) {
      const word = key.startsWith("r:") ? key.slice(2) : key;
      if ("-~".includes(last(word)) || word.startsWith("s:")) continue;
      this.frequency.set(word, Math.max(count, this.frequency.get(word) ?? 0));
    }
    for (const word of this.frequency.keys()) {
      put(this.byBare, evened(this.bare(word)), word);
      put(this.byLatin, evened(this.latinCode(word)), word);
    }
  }

  /** The commonest word that looks like this one without Kazakh letters, or in Latin. */
  restored(typed: string): string | undefined {
    const alike = isLatin(typed)
      ? [...this.latinCodes(typed)].flatMap((code) => this.byLatin.get(evened(code)) ?? [])
      : this.byBare.get(evened(this.bare(typed))) ?? [];
    return this.best(alike.length ? alike : this.alikeByBase(typed));
  }

  /** The commonest word one slip away. */
  mended(typed: string): string | undefined {
    if (typed.length < SHORTEST_MENDED || /\d/.test(typed)) return undefined;
    const latin = isLatin(typed);
    const table = latin ? this.byLatin : this.byBare;
    const found = new Set<string>();
    for (const code of latin ? this.latinCodes(typed) : [this.bare(typed)]) {
      for (const slip of slips(code, latin ? LATIN_ALPHABET : ALPHABET)) {
        for (const word of table.get(evened(slip)) ?? []) found.add(word);
      }
    }
    return this.best([...found]);
  }

  private bare(word: string): string {
    return [...word].map((one) => this.rules.bare[one] ?? one).join("");
  }

  private latinCode(word: string): string {
    return [...word].map((one) => this.rules.latin[one] ?? one).join("").replace(/i{2,}/g, "i");
  }

  private latinCodes(typed: string): Set<string> {
    const readings = new Set([typed]);
    for (const [cluster, others] of CLUSTERS) {
      for (const one of [...readings]) {
        for (const other of others) readings.add(one.replace(new RegExp(`${cluster}(?!h)`, "g"), other));
      }
    }
    const coarse = (text: string): string =>
      this.rules.spellings.reduce((now, [spelling, plain]) => now.split(spelling).join(plain), text);
    return new Set([...readings].map((one) => coarse(one).replace(/i{2,}/g, "i")));
  }

  private alikeByBase(typed: string): string[] {
    if (isLatin(typed)) return [];
    const plain = this.bare(typed);
    for (let cut = plain.length - 1; cut > 2; cut -= 1) {
      const bases = this.byBare.get(evened(plain.slice(0, cut))) ?? [];
      const found = bases.filter((base) => this.isForm(base, plain.slice(cut)));
      if (found.length) return found;
    }
    return [];
  }

  private isForm(base: string, rest: string): boolean {
    const vowel = [...base].reverse().find((one) => "аәеоөұүыі".includes(one)) ?? "е";
    const kazakh = BACK.has(vowel) ? rest.replace(/г/g, "ғ").replace(/к/g, "қ") : rest.replace(/и/g, "і");
    const soft: Record<string, string> = { п: "б", к: "г", қ: "ғ" };
    const stems = [base, base.slice(0, -1) + (soft[last(base)] ?? last(base))];
    const endings = [kazakh, kazakh.replace(/н$/, "ң"), kazakh.replace(/(нын|нин)$/, (one) => `${one.slice(0, -1)}ң`)];
    return stems.some((stem) =>
      endings.some((end) => [...this.nouns.ladder(stem + end)].some((rung) => nounKey(rung) === nounKey(base))),
    );
  }

  private best(words: string[]): string | undefined {
    const rank = (one: string): number => this.frequency.get(one) ?? 0;
    return words.reduce<string | undefined>(
      (best, one) => (best === undefined || rank(one) > rank(best) || (rank(one) === rank(best) && one > best) ? one : best),
      undefined,
    );
  }
}

function put(table: Map<string, string[]>, key: string, word: string): void {
  const known = table.get(key);
  if (known) known.push(word);
  else table.set(key, [word]);
}

const evened = (code: string): string => code.slice(0, -1) + (EVEN[last(code)] ?? last(code));

function slips(code: string, alphabet: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at <= code.length; at += 1) {
    const left = code.slice(0, at), right = code.slice(at);
    if (right) found.add(left + right.slice(1));
    if (right.length > 1) found.add(left + right[1]! + right[0]! + right.slice(2));
    for (const letter of alphabet) {
      found.add(left + letter + right);
      if (right) found.add(left + letter + right.slice(1));
    }
  }
  return found;
}
