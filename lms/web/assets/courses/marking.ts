/** Marking a question as lms/courses/marking.py does it. */
export interface Answers {
  kind: "one" | "many" | "number" | "words";
  options: { text: string; right: boolean }[];
  accepted: string[];
  tolerance: number;
}

const FOLD: Record<string, string> = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };

export function mark(answers: Answers, given: string[]): boolean {
  if (answers.kind === "one" || answers.kind === "many") {
    const right = answers.options.flatMap((one, place) => (one.right ? [String(place)] : []));
    return right.length > 0 && right.length === given.length && right.every((one) => given.includes(one));
  }
  const typed = (given[0] ?? "").trim();
  if (answers.kind === "number") {
    const value = number(typed);
    return answers.accepted.some((one) => Math.abs(value - number(one)) <= answers.tolerance + 1e-9);
  }
  return typed !== "" && answers.accepted.some((one) => key(one) === key(typed));
}

function number(text: string): number {
  const plain = text.replace(/[\u00a0 ]/g, "").replace(",", ".").replace("−", "-");
  return plain === "" ? NaN : Number(plain);
}

function key(text: string): string {
  const folded = text.normalize("NFC").toLowerCase().replace(/[әғқңөұүһіё]/g, (letter) => FOLD[letter]!);
  return folded.replace(/[\s-]+/g, " ").trim();
}
