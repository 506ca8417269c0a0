/** Marks by the same rules as the school: lms/quizzes/questions/scoring.py, texts.py and numbers.py. */

export interface Part {
  readonly field: string;
  readonly want: (string | number)[];
  readonly how: "choice" | "set" | "text" | "number";
  readonly case?: boolean;
  readonly letters?: boolean;
  readonly room?: number;
  readonly units?: Record<string, number>;
  readonly unit_needed?: boolean;
}

export interface Key {
  readonly scoring: "all" | "each" | "mistakes";
  readonly table: Record<string, number>;
  readonly most: number;
  readonly parts: Part[];
}

export function marked(key: Key, given: Record<string, string[]>): number {
  if (!Object.values(given).some((values) => values.some((one) => one.trim()))) return 0;
  let right = 0;
  let total = 0;
  let extra = 0;
  for (const part of key.parts) {
    const said = (given[part.field] ?? []).map((one) => one.trim()).filter(Boolean);
    if (part.how === "set") {
      const want = part.want.map(String);
      total += want.length;
      right += want.filter((one) => said.includes(one)).length;
      extra += said.filter((one) => !want.includes(one)).length;
    } else {
      total += 1;
      if (said.length && fits(part, said[0]!)) right += 1;
    }
  }
  const mistakes = total - right + extra;
  if (key.scoring === "mistakes") return key.table[String(mistakes)] ?? 0;
  if (key.scoring === "each") return (key.most * Math.max(0, right - extra)) / total;
  return mistakes === 0 ? key.most : 0;
}

function fits(part: Part, said: string): boolean {
  if (part.how === "choice") return part.want.includes(said);
  if (part.how === "number") return numberFits(part, said);
  const number = split(said);
  const wanted = part.want.map(String);
  if (!number[1] && wanted.some((one) => split(one)[0] === number[0] && !split(one)[1])) return number[0] !== null || same(part, said, wanted);
  return same(part, said, wanted);
}

const same = (part: Part, said: string, wanted: string[]): boolean => wanted.some((one) => compared(part, one) === compared(part, said));
const RUSSIAN: Record<string, string> = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };

function compared(part: Part, text: string): string {
  const even = text.normalize("NFC").replace(/[«»“”„]/g, '"').replace(/[’‘`]/g, "'").replace(/[–—−]/g, "-")
    .replace(/\s+/g, " ").trim().replace(/\.+$/, "");
  const cased = part.case ? even : even.toLowerCase();
  return part.letters ? cased : cased.replace(/[әғқңөұүһіёӘҒҚҢӨҰҮҺІЁ]/g, (one) => {
    const small = RUSSIAN[one.toLowerCase()]!;
    return one === one.toLowerCase() ? small : small.toUpperCase();
  });
}

function numberFits(part: Part, said: string): boolean {
  const [value, unit] = split(said);
  if (value === null) return false;
  const factor = unit ? factors(part)[bare(unit)] : part.unit_needed ? undefined : 1;
  const wanted = Number(part.want[0]);
  return factor !== undefined && Math.abs(value * factor - wanted) <= (part.room ?? 0) + 1e-9 * Math.max(1, Math.abs(wanted));
}

const bare = (unit: string): string => unit.replace(/\s+/g, "").replace(/\.+$/, "").replace("^2", "²").replace("^3", "³").toLowerCase();
const factors = (part: Part): Record<string, number> => Object.fromEntries(Object.entries(part.units ?? {}).map(([name, factor]) => [bare(name), factor]));
const NUMBER = /^([-+−]?)\s*((?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?)(?:\s*\/\s*(\d+)|(?:[eE]([-+−]?\d{1,3})|\s*[·*×x]\s*10\s*\^\s*([-+−]?\d{1,3})))?/;

/** A number at the beginning and what stands behind it. */
function split(text: string): [number | null, string] {
  const found = NUMBER.exec(text.trim());
  if (!found) return [null, text.trim()];
  const whole = Number(found[2]!.replace(/[ \u00a0\u202f]/g, "").replace(",", ".")) / Number(found[3] ?? 1);
  const power = Number((found[4] ?? found[5] ?? "0").replace("−", "-"));
  const value = (found[1] === "-" || found[1] === "−" ? -1 : 1) * whole * 10 ** power;
  return [Number.isFinite(value) ? value : null, text.trim().slice(found[0].length).trim()];
}
