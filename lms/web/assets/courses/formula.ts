/** A palette beside the field of a formula: each button writes LaTeX where the cursor stands. */
import { toolbarFrom } from "./toolbar.ts";

export class FormulaField {
  constructor(private readonly field: HTMLElement) {
    const palette = toolbarFrom("formula-bar", "", (button) => this.write(button.dataset["latex"] ?? ""));
    if (palette) field.after(palette);
  }

  private write(latex: string): void {
    const field = this.field as HTMLInputElement;
    const [from, to] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
    field.setRangeText(latex, from, to, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
