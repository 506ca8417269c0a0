/** A library on a stick or a disk, opened from a folder: everything it needs was put beside it as scripts. */
import { Asking, type Term } from "./asking.ts";
import { el, pieces } from "./elements.ts";
import type { Rules } from "./rules.ts";
import { bestPiece, found, type Index } from "./searching.ts";

type Tongue = "kk" | "ru";
type Both = Record<Tongue, string>;

interface File {
  path: string;
  name: string;
  size: string;
  type: string;
}

interface Entry {
  title: Both;
  about: Both;
  kind: string;
  subject: string;
  language: string;
  grades: string;
  authors: string;
  licence: string;
  link: string;
  mark: string;
  files: File[];
}

interface Text {
  parts: [string, number, string][]; // unit, number, words
  subtitles: [string, string][]; // language, WebVTT
}

interface Library {
  title: string;
  rules: Rules;
  index: Index;
  terms: Term[];
  records: Entry[];
  words: Record<Tongue, Record<string, string>>;
  text: (number: number, text: Text) => void;
}

declare global {
  interface Window {
    ORIS: Library;
  }
}

const SHOWN = 50, WITH_PIECES = 12, NARROW = ["subject", "kind", "language"] as const;

class Shelf {
  private tongue: Tongue = location.hash.includes("ru") ? "ru" : "kk";
  private readonly asking: Asking;
  private readonly texts = new Map<number, Text>();
  private readonly waiting = new Map<number, (() => void)[]>();

  constructor(private readonly data: Library, private readonly main: HTMLElement) {
    const counts = new Map(Object.entries(data.index.keys).map(([key, row]) => [key, row.length / 2] as [string, number]));
    this.asking = new Asking(data.rules, counts, data.index.stems, data.terms);
    data.text = (number, text) => {
      this.texts.set(number, text);
      for (const next of this.waiting.get(number) ?? []) next();
    };
    addEventListener("hashchange", () => this.show(true));
    this.show(false);
  }

  private say(name: string, values: Record<string, string> = {}): string {
    const text = this.data.words[this.tongue][name] ?? name;
    return Object.entries(values).reduce((now, [key, value]) => now.split(`{${key}}`).join(value), text);
  }

  private both(text: Both): string {
    return text[this.tongue] || text.kk || text.ru;
  }

  /** #kk/query?subject=… or #kk:12 */
  private show(moved: boolean): void {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const [, tongue, number, rest] = /^(kk|ru)?(?::(\d+))?(?:\/(.*))?$/s.exec(wanted) ?? [];
    this.tongue = tongue === "ru" ? "ru" : tongue === "kk" ? "kk" : this.tongue;
    document.documentElement.lang = this.tongue;
    const one = number === undefined ? undefined : this.data.records[Number(number)];
    this.main.replaceChildren(this.tongues(), ...(one ? this.page(one, Number(number)) : this.list(rest ?? "")));
    document.title = one ? this.both(one.title) : this.data.title;
    if (moved && one) this.main.querySelector("h1")?.focus();
    if (moved) scrollTo(0, 0);
  }

  private tongues(): HTMLElement {
    const rest = location.hash.replace(/^#(kk|ru)?/, "");
    return el("nav", { class: "tongues", "aria-label": "Тіл · Язык" },
      ...(["kk", "ru"] as const).map((one) =>
        el("a", { href: `#${one}${rest}`, lang: one, ...(one === this.tongue ? { "aria-current": "true" } : {}) },
          one === "kk" ? "Қазақша" : "Русский")));
  }

  private list(state: string): HTMLElement[] {
    const asked = new URLSearchParams(state);
    const typed = asked.get("q") ?? "";
    const question = this.asking.question(typed);
    const all = question.words.length ? found(this.data.index, question) : this.data.records.map((_one, number) => number);
    const rows = all.filter((number) => NARROW.every((name) => !asked.get(name) || this.data.records[number]![name] === asked.get(name)));
    const keys = new Set(question.words.flatMap((one) => [...one.keys()]));
    return [
      el("h1", { tabindex: "-1" }, this.data.title),
      this.form(asked),
      ...question.readAs.map(([given, read]) => el("p", { role: "status" }, this.say("readAs", { typed: given, read }))),
      el("p", { class: "quiet", role: "status" }, rows.length ? this.say("count", { count: String(rows.length) }) : this.say("nothing")),
      el("ol", {}, ...rows.slice(0, SHOWN).map((number, place) => this.row(number, keys, typed !== "" && place < WITH_PIECES))),
      ...(rows.length > SHOWN ? [el("p", { class: "quiet" }, this.say("more"))] : []),
    ];
  }

  private form(asked: URLSearchParams): HTMLElement {
    const box = el("input", { type: "search", id: "q", name: "q", value: asked.get("q") ?? "", autocomplete: "off" });
    const form = el("form", { role: "search" },
      el("div", { class: "grow" }, el("label", { for: "q" }, this.say("what")), box),
      ...NARROW.map((name) => this.choice(name, asked.get(name) ?? "")),
      el("button", {}, this.say("find")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = new URLSearchParams();
      new FormData(form as HTMLFormElement).forEach((value, name) => value && wanted.set(name, String(value)));
      location.hash = `${this.tongue}/${wanted.toString()}`;
    });
    return form;
  }

  private choice(name: (typeof NARROW)[number], chosen: string): HTMLElement {
    const values = [...new Set(this.data.records.map((one) => one[name]))].filter(Boolean).sort();
    return el("div", {}, el("label", { for: name }, this.say(name)),
      el("select", { id: name, name },
        el("option", { value: "" }, this.say("all")),
        ...values.map((value) => el("option", { value, ...(value === chosen ? { selected: "" } : {}) }, this.say(`${name}-${value}`)))));
  }

  private row(number: number, keys: Set<string>, withPiece: boolean): HTMLElement {
    const one = this.data.records[number]!;
    const said = el("p", {}, this.both(one.about));
    if (withPiece) this.load(number, (text) => this.fill(said, text, keys));
    const title = bestPiece(this.asking, this.both(one.title), keys, true) ?? [];
    return el("li", {},
      el("h2", { lang: one.language }, el("a", { href: `#${this.tongue}:${number}` }, ...pieces(title))), this.line(one), said);
  }

  private fill(into: HTMLElement, text: Text, keys: Set<string>): void {
    for (const [unit, place, words] of text.parts) {
      const piece = bestPiece(this.asking, words, keys);
      if (!piece) continue;
      into.replaceChildren(el("strong", {}, `${this.say(`unit-${unit}`, { number: String(place) })}: `), ...pieces(piece));
      return;
    }
  }

  private line(one: Entry): HTMLElement {
    const said = [this.say(`kind-${one.kind}`), one.subject && this.say(`subject-${one.subject}`),
      one.grades && this.say("grades", { grades: one.grades }), this.say(`language-${one.language}`)];
    return el("p", { class: "quiet" }, said.filter(Boolean).join(" · "));
  }

  private page(one: Entry, number: number): HTMLElement[] {
    const facts: [string, string][] = [["authors", one.authors], ["licence", this.say(`licence-${one.licence}`)], ["mark", one.mark]];
    const media = el("div", {});
    this.load(number, (text) => media.replaceChildren(...one.files.map((file) => this.media(file, text))));
    return [
      el("p", {}, el("a", { href: `#${this.tongue}` }, `← ${this.say("back")}`)),
      el("h1", { tabindex: "-1", lang: one.language }, this.both(one.title)),
      this.line(one),
      el("p", {}, this.both(one.about)),
      media,
      el("ul", { class: "files" }, ...one.files.map((file) =>
        el("li", {}, el("a", { href: file.path }, `${this.say("open")}: ${file.name}`), ` (${file.size})`))),
      ...(one.link ? [el("p", {}, el("a", { href: one.link, rel: "noopener noreferrer" }, one.link), ` ${this.say("online")}`)] : []),
      el("dl", {}, ...facts.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, this.say(name)), el("dd", {}, value)])),
    ];
  }

  private media(file: File, text: Text): HTMLElement {
    if (file.type.startsWith("image/")) return el("img", { src: file.path, alt: file.name });
    if (file.type.startsWith("audio/")) return el("audio", { src: file.path, controls: "" });
    if (!file.type.startsWith("video/")) return el("span", {});
    // A track beside the film may not be read from a folder; one made here may.
    const tracks = text.subtitles.map(([language, vtt], place) =>
      el("track", { kind: "subtitles", srclang: language, label: this.say(`language-${language}`), src: URL.createObjectURL(new Blob([vtt], { type: "text/vtt" })), ...(place ? {} : { default: "" }) }));
    return el("video", { src: file.path, controls: "", preload: "metadata" }, ...tracks);
  }

  private load(number: number, then: (text: Text) => void): void {
    const here = this.texts.get(number);
    if (here) return then(here);
    const queue = this.waiting.get(number);
    const next = (): void => then(this.texts.get(number)!);
    if (queue) {
      queue.push(next);
      return;
    }
    this.waiting.set(number, [next]);
    document.head.append(el("script", { src: `data/text-${number}.js` }));
  }
}

const main = document.querySelector<HTMLElement>("main");
if (main) new Shelf(window.ORIS, main);
