/** Which keys a question asks for, and which keys a word of a text has: lms/library/{asking,language}, in the browser. */
import { canBeKazakh, canBeRussian, hasKazakh, mended, wordsOf } from "./letters.ts";
import { Nouns } from "./nouns.ts";
import { russianStem } from "./russian.ts";
import type { Rules } from "./rules.ts";
import { nounKey, verbKey } from "./sounds.ts";
import { Lexicon } from "./tolerant.ts";
import { converbStems, Verbs } from "./verbs.ts";

const EXACT = 1.3, RESTORED = 0.7, TERM = 0.5, FAR_COMMONER = 5, MOST_WORDS = 24, LONGEST = 2000;
const NAMED_BY = ["у", "ю", "ған", "ген", "қан", "кен", "атын", "етін", "йтын", "йтін", "итын", "итін"];
const SURELY = ["ады", "еді", "йды", "йді", "иды", "иді"];
const PART = /((?:^|\s)[-−–])?(?:["«“„]([^"»”“]+)["»”“]|([^\s"«»“”„]+))/g;
const endsOn = (word: string, ends: string[]): boolean => ends.some((one) => word.endsWith(one));

export type Keys = Map<string, number>; // key → how much it counts

export interface Question {
  words: Keys[];
  without: Keys[];
  readAs: [string, string][];
}

/** A term of a subject: keys of its words, and for each word keys of what the other language calls it. */
export type Term = [string[], string[][]];

export class Asking {
  readonly nouns: Nouns;
  private readonly verbs: Verbs;
  private readonly lexicon: Lexicon;
  private readonly small: Set<string>;

  constructor(
    rules: Rules,
    private readonly counts: Map<string, number>,
    private readonly stems: Record<string, string[]>,
    private readonly terms: Term[] = [],
  ) {
    this.nouns = new Nouns(rules);
    this.verbs = new Verbs(rules, this.nouns);
    this.lexicon = new Lexicon(rules, this.nouns, counts);
    this.small = new Set(rules.small);
  }

  question(typed: string): Question {
    const words: [string, Keys][] = [], without: Keys[] = [], readAs: [string, string][] = [];
    const text = mended(typed.slice(0, LONGEST));
    const isKazakh = wordsOf(text).some((word) => hasKazakh(word.text));
    for (const found of text.matchAll(PART)) {
      for (const word of wordsOf(found[2] ?? found[3] ?? "")) {
        if (words.length >= MOST_WORDS) break;
        const keys = this.wanted(word.text, isKazakh, readAs);
        if (found[1]) without.push(keys);
        else words.push([word.text, keys]);
      }
    }
    this.addTerms(words, new Map(readAs));
    const telling = words.filter(([word]) => !this.small.has(word));
    return { words: (telling.length ? telling : words).map(([, keys]) => keys), without, readAs };
  }

  /** Every key of a word of a text. */
  keysOf(word: string, language: string | null = null): Set<string> {
    const keys = new Set<string>();
    if (canBeKazakh(word, language)) {
      for (const rung of this.nouns.ladder(word)) keys.add(nounKey(rung));
      for (const key of this.verbs.keys(word)) keys.add(key);
      for (const stem of converbStems(word)) keys.add(weak(verbKey(stem)));
    }
    if (canBeRussian(word, language)) for (const key of this.russianKeys(word)) keys.add(key);
    return keys.size ? keys : new Set([nounKey(word)]);
  }

  /** The word, its commonest base here, and its verb when it is named or surely one. */
  queryKeys(word: string): string[] {
    const own = nounKey(word);
    const rungs = new Map([...this.nouns.ladder(word)].sort().map((rung) => [nounKey(rung), rung]));
    const best = this.commonest([...rungs.keys()])!;
    const verb = this.verb(word, rungs.get(best)!);
    return [...new Set([own, best]), ...(verb ? this.withConverb(verb) : [])];
  }

  private wanted(word: string, isKazakh: boolean, readAs: [string, string][]): Keys {
    const boosts: Keys = new Map(this.keys(word, isKazakh).map((key) => [key, 1]));
    if (boosts.has(nounKey(word)) && boosts.size > 1) boosts.set(nounKey(word), EXACT);
    const known = Math.max(...[...boosts.keys()].map((key) => this.count(key)));
    const other = this.otherReading(word, known);
    if (other) {
      readAs.push([word, other]);
      for (const key of this.keys(other, isKazakh)) if (!boosts.has(key)) boosts.set(key, RESTORED);
    }
    return boosts;
  }

  private keys(word: string, isKazakh: boolean): string[] {
    const own = canBeKazakh(word, null);
    const keys = own ? this.queryKeys(word) : [nounKey(word)];
    if (!canBeRussian(word, null)) return keys;
    const russian = this.russianKeys(word);
    const sum = (some: string[]): number => some.reduce((total, key) => total + this.count(key), 0);
    const isLemma = !isKazakh && russian.includes(`r:${word.replace(/ё/g, "е")}`);
    return !own || isLemma || sum(keys) <= 2 * sum(russian) ? [...keys, ...russian] : keys;
  }

  private russianKeys(word: string): string[] {
    const stem = russianStem(word.replace(/ё/g, "е"));
    return [...(this.stems[stem] ?? []), `s:${stem}`];
  }

  private otherReading(word: string, known: number): string | undefined {
    if (!hasKazakh(word) || !known) {
      const restored = this.lexicon.restored(word);
      if (restored && restored !== word) {
        const common = (this.lexicon.frequency.get(restored) ?? 0) >= FAR_COMMONER * known;
        return !known || common ? restored : undefined;
      }
    }
    return known ? undefined : this.lexicon.mended(word);
  }

  private addTerms(words: [string, Keys][], readAs: Map<string, string>): void {
    const keys = words.map(([word]) => this.keysOf(readAs.get(word) ?? word).add(nounKey(readAs.get(word) ?? word)));
    for (const [asked, found] of this.terms) {
      for (let at = 0; at + asked.length <= words.length; at += 1) {
        if (!asked.every((key, step) => keys[at + step]!.has(key))) continue;
        found.forEach((more, step) => {
          for (const key of more) if (!words[at + step]![1].has(key)) words[at + step]![1].set(key, TERM);
        });
      }
    }
  }

  private verb(word: string, base: string): string | undefined {
    const form = endsOn(base, NAMED_BY) ? base : endsOn(word, [...NAMED_BY, ...SURELY]) ? word : "";
    return form ? this.commonest([...this.verbs.stems(form)].map(verbKey)) : undefined;
  }

  private withConverb(verb: string): string[] {
    const stem = verb.slice(0, -1);
    const nouns = Math.max(this.count(`${stem}а`), this.count(`${stem}е`));
    return nouns * 2 < this.count(verb) ? [verb, weak(verb)] : [verb];
  }

  private commonest(keys: string[]): string | undefined {
    const rank = (key: string): [number, number] => [this.count(key), key.length];
    return keys.reduce<string | undefined>((best, key) => {
      if (best === undefined) return key;
      const [count, length] = rank(key), [most, longest] = rank(best);
      return count > most || (count === most && length > longest) ? key : best;
    }, undefined);
  }

  private count(key: string): number {
    return this.counts.get(key) ?? 0;
  }
}

const weak = (key: string): string => `${key.slice(0, -1)}~`;
