/** Sounds of Kazakh: harmony, and one spelling for what alternates. The twin of lms/library/language/sounds.py. */
export const BACK = new Set("аоұыяё");
export const FRONT = new Set("әөүіеэ");
const NEUTRAL = new Set("иую");
export const VOWELS = new Set([...BACK, ...FRONT, ...NEUTRAL]);
export const VOICELESS = new Set("пткқсшщфхцчһбвгғд");
const HARDENED: Record<string, string> = { б: "п", г: "к", ғ: "қ" };
const LOAN = /ь|[иую][^аәеоөұүыіиуюяэё]+$|^.+[^аәеоөұүыіиуюяэё]о/;

export const last = (word: string, back = 1): string => word[word.length - back] ?? "";

export function harmony(stem: string): Set<string> | null {
  if (LOAN.test(stem)) return null;
  for (const letter of [...stem].reverse()) {
    if (BACK.has(letter)) return BACK;
    if (FRONT.has(letter)) return FRONT;
  }
  return null;
}

export function agrees(stem: string, suffix: string): boolean {
  const allowed = harmony(stem);
  return !allowed || [...suffix].every((one) => allowed.has(one) || NEUTRAL.has(one) || !VOWELS.has(one));
}

export const syllables = (stem: string): number => [...stem].filter((letter) => VOWELS.has(letter)).length;

export const hardened = (stem: string): string => stem.slice(0, -1) + (HARDENED[last(stem)] ?? last(stem));

export function nounKey(base: string): string {
  return base.length > 4 && last(base) === last(base, 2) && !VOWELS.has(last(base)) ? base.slice(0, -1) : base;
}

export function verbKey(stem: string): string {
  if (stem.length > 2 && "ыі".includes(last(stem))) stem = stem.slice(0, -1);
  if (stem.endsWith("ий")) stem = stem.slice(0, -1);
  return `${hardened(stem)}-`;
}
