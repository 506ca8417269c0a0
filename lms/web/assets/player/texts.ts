/** What the page says, as the server wrote it in the reader's language. */

export type Texts = Readonly<Record<string, string>>;

export function texts(): Texts {
  return JSON.parse(document.getElementById("texts")?.textContent ?? "{}") as Texts;
}
