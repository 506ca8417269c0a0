/**
 * Text with a toolbar (TipTap). The textarea below stays the field of the form: it gets the markup as one types, and
 * the server cleans it. Formulas in the line are typed between \( and \).
 */
import { Editor, Mark } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { attach } from "../behaviours/attach.ts";
import { toolbarFrom } from "./toolbar.ts";

const MARKUP_AFTER = 200; // making markup of a long text takes longer than a key may: it waits for a pause …
const MARKUP_AT_LAST = 700; // … but not for ever, or what is typed without one would be lost with the browser
const MARKUP_OVERDUE = 1_000; // keys come before timers: on a busy machine a timer may wait for seconds

const lowered = (name: string, tag: string): Mark =>
  Mark.create({ name, parseHTML: () => [{ tag }], renderHTML: () => [tag, 0] });

type Deed = (editor: Editor) => unknown;
interface Tool {
  run: Deed;
  mark?: string;
  of?: Record<string, unknown>;
}

const TOOLS: Record<string, Tool> = {
  bold: { mark: "bold", run: (one) => one.chain().focus().toggleBold().run() },
  italic: { mark: "italic", run: (one) => one.chain().focus().toggleItalic().run() },
  subscript: { mark: "subscript", run: (one) => one.chain().focus().toggleMark("subscript").run() },
  superscript: { mark: "superscript", run: (one) => one.chain().focus().toggleMark("superscript").run() },
  heading: { mark: "heading", of: { level: 3 }, run: (one) => one.chain().focus().toggleHeading({ level: 3 }).run() },
  bullets: { mark: "bulletList", run: (one) => one.chain().focus().toggleBulletList().run() },
  numbers: { mark: "orderedList", run: (one) => one.chain().focus().toggleOrderedList().run() },
  quotation: { mark: "blockquote", run: (one) => one.chain().focus().toggleBlockquote().run() },
  formula: { run: (one) => one.chain().focus().insertContent("\\( x \\)").run() },
  undo: { run: (one) => one.chain().focus().undo().run() },
  redo: { run: (one) => one.chain().focus().redo().run() },
};

class Rich {
  private readonly field: HTMLTextAreaElement;
  private readonly editor: Editor;
  private readonly bar: HTMLElement | null;
  private pending: ReturnType<typeof setTimeout> | undefined;
  private waitingSince = 0;

  constructor(element: HTMLElement) {
    this.field = element as HTMLTextAreaElement;
    const frame = document.createElement("div");
    frame.className = "rich";
    this.field.before(frame);
    this.field.hidden = true;
    const label = document.querySelector<HTMLElement>(`label[for="${this.field.id}"]`);
    if (label) label.id ||= `${this.field.id}-label`;
    this.editor = new Editor({
      element: frame,
      content: this.field.value,
      extensions: [StarterKit.configure({ heading: { levels: [3, 4] }, link: { openOnClick: false } }), lowered("subscript", "sub"), lowered("superscript", "sup")],
      injectCSS: false, // the page's policy allows styles of its own file alone
      editorProps: { attributes: this.attributes(label) },
      onUpdate: () => this.soon(),
      onSelectionUpdate: () => this.show(),
    });
    label?.addEventListener("click", () => this.editor.commands.focus());
    // Before anybody else listens: whoever reads the form then finds what was typed last.
    this.field.form?.addEventListener("submit", () => this.write(), true);
    addEventListener("pagehide", () => this.write(), true);
    this.bar = toolbarFrom("rich-bar", label?.textContent?.trim() ?? "", (button) => this.press(button));
    if (this.bar) frame.prepend(this.bar);
  }

  private attributes(label: HTMLElement | null): Record<string, string> {
    const said = this.field.getAttribute("aria-describedby");
    return {
      role: "textbox", "aria-multiline": "true", class: "form-control rich-text",
      ...(label ? { "aria-labelledby": label.id } : {}), ...(said ? { "aria-describedby": said } : {}),
    };
  }

  private soon(): void {
    const now = performance.now();
    this.waitingSince ||= now;
    clearTimeout(this.pending);
    if (now - this.waitingSince > MARKUP_OVERDUE) return this.write();
    const left = this.waitingSince + MARKUP_AT_LAST - now;
    this.pending = setTimeout(() => this.write(), Math.max(0, Math.min(MARKUP_AFTER, left)));
  }

  private write(): void {
    clearTimeout(this.pending);
    if (!this.waitingSince) return;
    this.waitingSince = 0;
    this.field.value = this.editor.isEmpty ? "" : this.editor.getHTML();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.dispatchEvent(new Event("settled", { bubbles: true })); // it has waited for its markup already
  }

  private press(button: HTMLButtonElement): void {
    TOOLS[button.dataset["tool"] ?? ""]?.run(this.editor);
    this.show();
  }

  private show(): void {
    for (const button of this.bar?.querySelectorAll("button") ?? []) {
      const { mark, of } = TOOLS[button.dataset["tool"] ?? ""] ?? {};
      if (mark) button.setAttribute("aria-pressed", String(this.editor.isActive(mark, of)));
    }
  }
}

attach({ rich: Rich });
