/** Letters as they were meant and words cut out; the twin of lms/library/language/{letters,words}.py for questions. */
const UNSEEN = /[\0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
const ALWAYS: Record<string, string> = { ə: "ә", Ə: "Ә", ӊ: "ң", Ӊ: "Ң", ї: "і", Ї: "І" };
const TWINS: Record<string, string> = Object.fromEntries(
  [..."iIYhHaAeEoOpPcCxXyKMTB"].map((one, at) => [one, [..."іІҮһНаАеЕоОрРсСхХуКМТВ"][at]!]),
);
const CYRILLIC = "а-яёіїәғқңөұүһӊəА-ЯЁІЇӘҒҚҢӨҰҮҺӉƏ";
const MIXED = new RegExp(`[${CYRILLIC}A-Za-z]+`, "g");
const HAS_CYRILLIC = new RegExp(`[${CYRILLIC}]`);
const WORD = /[\p{L}\p{N}\p{M}]+(?:[’'ʼ`][\p{L}\p{N}\p{M}]+)*/gu;

export interface Word {
  text: string;
  start: number;
  end: number;
}

export function mended(text: string): string {
  const plain = text.normalize("NFC").replace(UNSEEN, "").replace(/[əƏӊӉїЇ]/g, (one) => ALWAYS[one]!);
  return plain.replace(MIXED, (word) => {
    if (!/[A-Za-z]/.test(word) || !HAS_CYRILLIC.test(word)) return word;
    const meant = [...word].map((one) => TWINS[one] ?? one).join("");
    return /[A-Za-z]/.test(meant) ? word : meant;
  });
}

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((found) => ({
    text: found[0].toLowerCase().slice(0, 64), start: found.index, end: found.index + found[0].length,
  }));
}

export const hasKazakh = (word: string): boolean => /[әғқңөұүһі]/.test(word);
export const isCyrillic = (word: string): boolean => /^[а-яёәғқңөұүһі]+$/.test(word);
export const isLatin = (word: string): boolean => /^[a-zäğıñöşūüåáǵńóúý’'ʼ`ʹ]+$/.test(word);

export function canBeKazakh(word: string, language: string | null): boolean {
  if (hasKazakh(word)) return true;
  return language !== "ru" && isCyrillic(word) && !(language === null && /[ъщё]/.test(word));
}

export function canBeRussian(word: string, language: string | null): boolean {
  return isCyrillic(word) && !hasKazakh(word) && language !== "kk";
}
