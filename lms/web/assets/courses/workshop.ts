/** The workshop: saved as one types, who is here, text with a toolbar. The editor is loaded when a block is open. */
import { attach } from "../behaviours/attach.ts";
import { Autosave } from "./autosave.ts";
import { FormulaField } from "./formula.ts";
import { Journal } from "./journal.ts";
import { Poster } from "./poster.ts";
import { Presence } from "./presence.ts";

const own = document.currentScript as HTMLScriptElement | null;
attach({ autosave: Autosave, formula: FormulaField, journal: Journal, poster: Poster, presence: Presence });

const editor = own?.dataset["editor"];
if (editor && document.querySelector("[data-module~=rich]")) {
  const script = document.createElement("script");
  script.src = editor;
  document.head.append(script);
}
