/** The calculator beside a test: own grammar, no eval. The comma counts as the point. */

const FUNCTIONS: Record<string, (x: number) => number> = {
  sin: Math.sin, cos: Math.cos, tan: Math.tan, ln: Math.log, lg: Math.log10, sqrt: Math.sqrt, abs: Math.abs,
};

/** The value of what was typed; NaN when it says nothing. Powers bind to the right, as on paper. */
export function computed(text: string, degrees = true): number {
  const parts = text.toLowerCase().replace(/,/g, ".").replace(/[×·]/g, "*").replace(/[:÷]/g, "/").replace(/[−–]/g, "-")
    .replace(/√/g, "sqrt").replace(/π/g, "pi").match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|[a-z]+|[-+*/^()%!]|\S/g) ?? [];
  let at = 0;
  const eat = (one: string): boolean => parts[at] === one && (at++, true);
  const fail = (): number => ((at = parts.length + 1), NaN);

  function sum(): number {
    let value = product();
    for (;;) {
      if (eat("+")) value += product();
      else if (eat("-")) value -= product();
      else return value;
    }
  }
  function product(): number {
    let value = signed();
    for (;;) {
      if (eat("*")) value *= signed();
      else if (eat("/")) value /= signed();
      else if (/^[(a-z]/.test(parts[at] ?? "")) value *= power();
      else return value;
    }
  }
  function signed(): number {
    if (eat("-")) return -signed();
    return eat("+") ? signed() : power();
  }
  function power(): number {
    let base = atom();
    while (eat("%")) base /= 100;
    return eat("^") ? base ** signed() : base;
  }
  function atom(): number {
    const one = parts[at++];
    if (one === undefined) return fail();
    if (/^\d/.test(one)) return Number(one);
    if (one === "pi") return Math.PI;
    if (one === "e") return Math.E;
    if (one === "(") {
      const value = sum();
      return eat(")") ? value : fail();
    }
    const work = FUNCTIONS[one];
    if (!work) return fail();
    const turned = degrees && ["sin", "cos", "tan"].includes(one) ? Math.PI / 180 : 1;
    return work(atom() * turned);
  }
  const value = parts.length ? sum() : NaN;
  return at === parts.length ? value : NaN;
}

export class Calculator {
  constructor(element: HTMLElement) {
    const field = element.querySelector<HTMLInputElement>("input")!;
    const result = element.querySelector<HTMLOutputElement>("output")!;
    const show = (): void => {
      const value = computed(field.value);
      const rounded = Number(value.toPrecision(12));
      result.textContent = field.value.trim() === "" ? "" : Number.isFinite(value) ? `= ${String(rounded).replace(".", ",")}` : "= ?";
    };
    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    for (const key of element.querySelectorAll<HTMLButtonElement>("button[data-key]")) {
      key.addEventListener("click", () => {
        const wish = key.dataset["key"]!;
        field.value = wish === "clear" ? "" : wish === "back" ? field.value.slice(0, -1) : field.value + wish;
        show();
      });
    }
  }
}
