/** Finding and ranking without a server: the keys were made when the carrier was, the question is read here. */
import type { Asking, Keys, Question } from "./asking.ts";
import { wordsOf } from "./letters.ts";

const K1 = 1.2, B = 0.6, TITLE = 1.5, COMPLETE = 2, ENOUGH = 10, PIECE = 220;

export interface Index {
  keys: Record<string, number[]>; // key → document, times, document, times …
  titles: Record<string, number[]>; // key → documents
  lengths: number[]; // against the average
  stems: Record<string, string[]>; // a Russian stem → keys of the dictionary words it can be of
}

export interface Piece {
  text: string;
  marked: boolean;
}

export function found(index: Index, question: Question): number[] {
  const words = question.words.map((keys) => scores(index, keys));
  const barred = new Set(question.without.flatMap((keys) => [...scores(index, keys).keys()]));
  if (!words.length) return [];
  for (const needed of [words.length, Math.max(1, (words.length + 1) >> 1)]) {
    const all = ranked(words, needed, barred);
    if (all.length >= ENOUGH || needed < words.length || words.length === 1) return all;
  }
  return ranked(words, Math.max(1, (words.length + 1) >> 1), barred);
}

function ranked(words: Map<number, number>[], needed: number, barred: Set<number>): number[] {
  const totals = new Map<number, number>();
  for (const number of new Set(words.flatMap((word) => [...word.keys()]))) {
    const parts = words.flatMap((word) => word.get(number) ?? []);
    if (parts.length < needed || barred.has(number)) continue;
    totals.set(number, parts.reduce((sum, one) => sum + one, 0) * (parts.length / words.length) ** COMPLETE);
  }
  return [...totals.keys()].sort((a, b) => totals.get(b)! - totals.get(a)! || a - b);
}

function scores(index: Index, keys: Keys): Map<number, number> {
  const count = index.lengths.length, found = new Map<number, number>(), titled = new Map<number, number>();
  const most = Math.max(0, ...[...keys.keys()].map((key) => (index.keys[key]?.length ?? 0) / 2));
  const rare = Math.log(1 + (count - most + 0.5) / (most + 0.5));
  for (const [key, boost] of keys) {
    const row = index.keys[key] ?? [];
    for (let at = 0; at < row.length; at += 2) {
      const number = row[at]!, times = row[at + 1]!;
      const norm = K1 * (1 - B + B * index.lengths[number]!);
      keepBest(found, number, (boost * rare * times * (K1 + 1)) / (times + norm));
    }
    for (const number of index.titles[key] ?? []) keepBest(titled, number, Math.min(boost, 1));
  }
  for (const [number, boost] of titled) found.set(number, (found.get(number) ?? 0) + TITLE * rare * boost);
  return found;
}

function keepBest(table: Map<number, number>, number: number, score: number): void {
  if (score > (table.get(number) ?? 0)) table.set(number, score);
}

/** Where most of what was asked for stands together, with the words marked; null when none of it does. */
export function bestPiece(asking: Asking, text: string, keys: Set<string>, whole = false): Piece[] | null {
  const hits = wordsOf(text).filter((word) => [...asking.keysOf(word.text)].some((key) => keys.has(key)));
  if (!hits.length) return whole ? [{ text, marked: false }] : null;
  const near = (from: number): number => new Set(hits.filter((one) => one.start >= from && one.end < from + PIECE).map((one) => one.text)).size;
  const best = hits.reduce((most, one) => (near(one.start) > near(most.start) ? one : most));
  const first = whole ? 0 : Math.max(0, text.lastIndexOf(" ", Math.max(0, best.start - 40)) + 1);
  const end = whole ? text.length : Math.min(text.length, first + PIECE);
  const pieces: Piece[] = first ? [{ text: "… ", marked: false }] : [];
  let at = first;
  for (const hit of hits.filter((one) => one.start >= first && one.end <= end)) {
    pieces.push({ text: text.slice(at, hit.start), marked: false }, { text: text.slice(hit.start, hit.end), marked: true });
    at = hit.end;
  }
  pieces.push({ text: text.slice(at, end) + (end < text.length ? " …" : ""), marked: false });
  return pieces.filter((one) => one.text);
}
