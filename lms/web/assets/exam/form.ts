/** Between the fields of a question on the page and what an entry says of them. */

export function fieldsOf(question: HTMLElement): Record<string, string[]> {
  const prefix = `q${question.dataset["number"]}.`;
  const found: Record<string, string[]> = {};
  for (const field of question.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("[name]")) {
    if (!field.name.startsWith(prefix)) continue;
    if (field instanceof HTMLInputElement) {
      if (field.type === "file") continue;
      if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
    }
    (found[field.name.slice(prefix.length)] ??= []).push(field.value);
  }
  return found;
}

export function fill(question: HTMLElement, fields: Record<string, string[]>): void {
  const prefix = `q${question.dataset["number"]}.`;
  const places: Record<string, number> = {};
  for (const field of question.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("[name]")) {
    if (!field.name.startsWith(prefix)) continue;
    const name = field.name.slice(prefix.length);
    const values = fields[name] ?? [];
    if (field instanceof HTMLInputElement && field.type === "file") continue;
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      field.checked = values.includes(field.value);
      continue;
    }
    const place = places[name] ?? 0;
    places[name] = place + 1;
    field.value = values[place] ?? "";
  }
  question.dispatchEvent(new CustomEvent("filled"));
}

export function answered(fields: Record<string, string[]>): boolean {
  return Object.values(fields).some((values) => values.some((value) => value.trim() !== ""));
}
