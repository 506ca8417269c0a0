/** Marking a question as lms/courses/marking.py does it. */
export interface Answers {
  kind: "one" | "many" | "number" | "words" | "pairs" | "order" | "gaps";
  options: { text: string; right: boolean }[];
  accepted: string[];
  tolerance: number;
  pairs?: { left: string; right: string }[];
  values?: string[];
  shown?: number[];
  gaps?: { answers: string[] }[];
}

const FOLD: Record<string, string> = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };

export function mark(answers: Answers, given: string[]): boolean {
  if (answers.kind === "one" || answers.kind === "many") {
    const right = answers.options.flatMap((one, place) => (one.right ? [String(place)] : []));
    return right.length > 0 && right.length === given.length && right.every((one) => given.includes(one));
  }
  if (answers.kind === "pairs" || answers.kind === "order" || answers.kind === "gaps") {
    const wanted = parts(answers);
    return given.length === wanted.length && given.every((said, place) => fits(said, wanted[place]!));
  }
  const typed = (given[0] ?? "").trim();
  if (answers.kind === "number") {
    const value = number(typed);
    return answers.accepted.some((one) => Math.abs(value - number(one)) <= answers.tolerance + 1e-9);
  }
  return typed !== "" && answers.accepted.some((one) => key(one) === key(typed));
}

/** What fits each part, in the order in which the parts are shown. */
function parts(answers: Answers): string[][] {
  if (answers.kind === "pairs") return answers.pairs!.map((one) => [String(answers.values!.indexOf(one.right))]);
  if (answers.kind === "order") return answers.shown!.map((step) => [String(step + 1)]);
  return answers.gaps!.map((one) => one.answers);
}

function fits(said: string, wanted: string[]): boolean {
  const value = number(said);
  return wanted.some((one) => number(one) === value) || (said.trim() !== "" && wanted.some((one) => key(one) === key(said)));
}

function number(text: string): number {
  const plain = text.replace(/[\u00a0 ]/g, "").replace(",", ".").replace("−", "-");
  return plain === "" ? NaN : Number(plain);
}

function key(text: string): string {
  const folded = text.normalize("NFC").toLowerCase().replace(/[әғқңөұүһіё]/g, (letter) => FOLD[letter]!);
  return folded.replace(/[\s-]+/g, " ").trim();
}
