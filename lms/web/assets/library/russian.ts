/** The Russian stemmer of the Snowball project's published algorithm; dictionary words come with the data. */
const VOWELS = "аеиоуыэюя";
const list = (text: string): string[] => text.split(" ").sort((a, b) => b.length - a.length);
const GERUND_ONE = list("в вши вшись"), GERUND_TWO = list("ив ивши ившись ыв ывши ывшись");
const ADJECTIVE = list("ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");
const PARTICIPLE_ONE = list("ем нн вш ющ щ"), PARTICIPLE_TWO = list("ивш ывш ующ");
const VERB_ONE = list("ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно");
const VERB_TWO = list("ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю");
const NOUN = list("а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я");

export function russianStem(word: string): string {
  const at = [...word].findIndex((letter) => VOWELS.includes(letter));
  if (at < 0) return word;
  const head = word.slice(0, at + 1);
  let tail = word.slice(at + 1);
  tail = cut(tail, GERUND_ONE, GERUND_TWO) ?? ended(cut(tail, [], ["ся", "сь"]) ?? tail);
  if (tail.endsWith("и")) tail = tail.slice(0, -1);
  const second = secondRegion(word) - head.length;
  for (const one of ["ость", "ост"]) {
    if (tail.endsWith(one) && tail.length - one.length >= second) {
      tail = tail.slice(0, -one.length);
      break;
    }
  }
  return head + tidied(tail);
}

function ended(tail: string): string {
  const adjective = cut(tail, [], ADJECTIVE);
  if (adjective !== null) return cut(adjective, PARTICIPLE_ONE, PARTICIPLE_TWO) ?? adjective;
  return cut(tail, VERB_ONE, VERB_TWO) ?? cut(tail, [], NOUN) ?? tail;
}

function tidied(tail: string): string {
  const superlative = cut(tail, [], ["ейше", "ейш"]);
  if (superlative !== null) return superlative.endsWith("нн") ? superlative.slice(0, -1) : superlative;
  return tail.endsWith("нн") || tail.endsWith("ь") ? tail.slice(0, -1) : tail;
}

/** The longest ending comes off; one of the first group only after а or я. */
function cut(tail: string, afterA: string[], free: string[]): string | null {
  const one = afterA.find((end) => tail.endsWith(end)) ?? "";
  const two = free.find((end) => tail.endsWith(end)) ?? "";
  if (two && two.length >= one.length) return tail.slice(0, -two.length);
  const rest = one ? tail.slice(0, -one.length) : "";
  return one && /[ая]$/.test(rest) ? rest : null;
}

/** Where the region R2 begins: after the second consonant that follows a vowel. */
function secondRegion(word: string): number {
  const found = /^[^аеиоуыэюя]*[аеиоуыэюя]+[^аеиоуыэюя][^аеиоуыэюя]*[аеиоуыэюя]+[^аеиоуыэюя]/.exec(word);
  return found ? found[0].length : word.length;
}
