/** The nominal ladder: every base a form can come from. The twin of lms/library/language/nouns.py. */
import type { Rules, Table } from "./rules.ts";
import { agrees, FRONT, hardened, harmony, last, syllables, VOWELS } from "./sounds.ts";

const LONGEST = 5;
const BUFFERED = /..(?:кт|ст|нт|пт|фт|рк|нк|ск|зм|кс)і$/;

export class Nouns {
  private readonly neutral: Set<string>;

  constructor(private readonly rules: Rules) {
    this.neutral = new Set(rules.neutral);
  }

  ladder(word: string): Set<string> {
    const { plainCases, thirdCases, firstCases, firstOwn, third } = this.rules;
    const rungs = new Set([word]);
    const add = (more: Iterable<string>): void => {
      for (const one of more) rungs.add(one);
    };
    for (const stem of this.cuts(word, plainCases)) {
      add([stem, ...this.belowCase(stem)]);
      if (word.endsWith("ғы") || word.endsWith("гі")) rungs.add(word.slice(0, -2));
    }
    for (const stem of this.cuts(word, thirdCases)) {
      if (this.cuts(stem, third).length) add([stem, ...this.third(stem)]);
    }
    for (const stem of this.cuts(word, firstCases)) add(this.firstOne(stem));
    for (const stem of this.cuts(word, firstOwn)) if (syllables(stem) > 1) rungs.add(stem);
    if (word.length > 4 && "бгғ".includes(last(word, 3))) add(this.firstOne(word));
    for (const stem of relative(word)) add(this.ladder(stem));
    add([...this.third(word), ...this.many(word), ...this.plural(word)]);
    for (const rung of [...rungs]) if (BUFFERED.test(rung)) rungs.add(rung.slice(0, -1));
    return rungs;
  }

  private cuts(word: string, table: Table): string[] {
    const found: string[] = [];
    for (let length = 1; length <= Math.min(LONGEST, word.length - 2); length += 1) {
      const suffix = word.slice(-length);
      const after = table[suffix];
      if (after === undefined) continue;
      for (const stem of written(word.slice(0, -length), suffix)) {
        if (this.fits(stem, suffix, after)) found.push(stem);
      }
    }
    return found;
  }

  private fits(stem: string, suffix: string, after: string): boolean {
    const heard = this.rules.after[last(stem) === "ь" ? last(stem, 2) : last(stem)] ?? "";
    if (stem.length < 2 || !syllables(stem) || ![...heard].some((kind) => after.includes(kind))) return false;
    return this.neutral.has(suffix) || agrees(stem, suffix);
  }

  private belowCase(stem: string): string[] {
    return [...this.third(stem), ...this.many(stem), ...this.firstOne(stem), ...this.plural(stem)];
  }

  private third(word: string): string[] {
    const bare = "ыі".includes(last(word)) && !word.endsWith("сы") && !word.endsWith("сі");
    return this.cuts(word, this.rules.third).flatMap((stem) => [
      stem, ...this.plural(stem), ...(bare ? restored(stem) : []),
    ]);
  }

  private many(word: string): string[] {
    return this.owned(word, this.rules.firstMany);
  }

  private firstOne(word: string): string[] {
    return this.owned(word, this.rules.firstOne);
  }

  private owned(word: string, table: Table): string[] {
    return this.cuts(word, table).flatMap((stem) => [stem, ...this.plural(stem), ...restored(stem)]);
  }

  private plural(word: string): string[] {
    return this.cuts(word, this.rules.plural);
  }
}

function written(stem: string, suffix: string): string[] {
  const found = [stem];
  if (stem.length > 1 && "ыі".includes(suffix[0]!)) {
    if ("бгғ".includes(last(stem))) found.push(hardened(stem));
    if (suffix[0] === "і" && "лнрт".includes(last(stem)) && harmony(stem) !== FRONT) found.push(`${stem}ь`);
  }
  return found;
}

function relative(word: string): string[] {
  return ["дағы", "дегі", "тағы", "тегі"].flatMap((place) => {
    const at = word.lastIndexOf(place);
    return at > 0 && at + place.length < word.length ? [word.slice(0, at + place.length)] : [];
  });
}

function restored(stem: string): string[] {
  if (![1, 2].includes(syllables(stem)) || stem.length < 3 || stem.length > 6) return [];
  const open = VOWELS.has(last(stem, 2)) && !["ау", "еу"].includes(stem.slice(-3, -1));
  if (VOWELS.has(last(stem)) || open || stem.includes("ь")) return [];
  return [..."ыі"].filter((vowel) => agrees(stem, vowel)).map((vowel) => stem.slice(0, -1) + vowel + last(stem));
}
