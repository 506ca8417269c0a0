/** Elements made by hand: text is always text. */
import type { Piece } from "./searching.ts";

export function el(name: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const pieces = (some: Piece[]): (Node | string)[] =>
  some.map((one) => (one.marked ? el("mark", {}, one.text) : one.text));
