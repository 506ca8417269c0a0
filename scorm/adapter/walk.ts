/** One walker over any table: get, set, _count, _children and _version; the twin of scorm/datamodel/walk.py. */

import type { Weight } from "./deltas.ts";
import type { Derivation, Row, Table, TypeByKind } from "./table.ts";
import { Checker } from "./types.ts";

const INDEX = /\.([0-9]+)(?=\.|$)/g;
/** What an index with a leading zero, or a very long one, stands for. */
const NOWHERE = 1e9;
/** The table's own signs: content that writes them names no element. */
const SIGN = /\.(?:n|\{target\})(?:\.|$)/;
const KEYWORD = /^([^]*)\.(_children|_count|_version)$/;
const LACKING: Readonly<Record<string, string>> = {
  _children: "no_children", _count: "no_count", _version: "no_version",
};
/** Names kept ready; content that invents ever new ones must not fill the memory. */
const MOST_PLACES = 5000;
const LONG_NAME = 500;

export interface Answer {
  readonly value: string;
  readonly error: string;
  readonly reason: string;
}

/** Where an element's name leads: its row in the table and the lists on the way there. */
interface Place {
  readonly row: Row;
  readonly lists: readonly { readonly path: string; readonly index: number; readonly row: Row }[];
  readonly parent: string;
}

/** What one attempt on one SCO holds, as plain values: element → value. */
export class Store {
  readonly values: Map<string, string>;
  readonly counts = new Map<string, number>();

  constructor(
    values: Readonly<Record<string, string>>,
    public live: Readonly<Record<string, string>> = {},
    readonly access: Readonly<Record<string, string>> = {},
  ) {
    this.values = new Map(Object.entries(values));
    for (const element of this.values.keys()) this.countIn(element);
  }

  /** The lists this element stands in have at least so many records. */
  countIn(element: string): void {
    for (const found of aimless(element).matchAll(INDEX)) {
      const path = element.slice(0, found.index);
      this.counts.set(path, Math.max(this.count(path), indexOf(found[1] as string) + 1));
    }
  }

  count(path: string): number {
    return this.counts.get(path) ?? 0;
  }
}

/** One version's data model: a table made ready for walking. */
export class Model {
  private readonly checker: Checker;
  private readonly places = new Map<string, Place | null>();
  private readonly nodes = new Set<string>();
  private readonly steering = new Set<string>();

  constructor(readonly table: Table) {
    this.checker = new Checker(table.types, table.languages);
    for (const [path, { type }] of Object.entries(table.elements)) {
      if (typeof type === "object") this.steering.add(steererOf(path, type));
      const names = path.split(".");
      names.forEach((_, depth) => this.nodes.add(names.slice(0, depth + 1).join(".")));
    }
  }

  refuse(reason: string, row?: Row, depth = 0): Answer {
    const code = row?.errors?.[reason] ?? (this.table.errors[reason] as string | readonly string[]);
    const error = typeof code === "string" ? code : (code[Math.min(depth, code.length - 1)] as string);
    return { value: "", error, reason };
  }

  get(store: Store, element: string): Answer {
    if (element === "") return this.refuse("empty_get");
    const place = this.find(element);
    if (!place) return this.getKeyword(store, element);
    const { row } = place;
    if (row.children !== undefined) return this.refuse("container_get", row);
    if (!row.access?.includes("r")) return this.refuse("write_only", row);
    if (beyond(store, place)) return this.refuse("index_get", row);
    if (narrowed(store, element, "r")) return this.refuse("write_only", row);
    return this.value(store, element, row);
  }

  /** Sets the value in the store when nothing speaks against it; otherwise the store stays as it was. */
  set(store: Store, element: string, value: string): Answer {
    const place = this.find(element);
    if (!place) return this.setUnknown(element);
    const reason = this.objection(store, element, place, value);
    if (reason) return this.refuse(reason, place.row);
    if (!store.values.has(element)) store.countIn(element);
    store.values.set(element, this.kept(store, place, value));
    return { value: "true", error: "0", reason: "" };
  }

  /** How this element hangs together with others. */
  weight(element: string): Weight {
    const pattern = patternOf(element);
    if (this.steering.has(pattern)) return "steers";
    return typeof this.table.elements[pattern]?.type === "object" ? "steered" : "plain";
  }

  private find(element: string): Place | null {
    if (element.length > LONG_NAME) return this.locate(element);
    let place = this.places.get(element);
    if (place === undefined) {
      if (this.places.size >= MOST_PLACES) this.places.clear();
      this.places.set(element, (place = this.locate(element)));
    }
    return place;
  }

  private locate(element: string): Place | null {
    const row = this.row(element);
    if (!row || SIGN.test(element)) return null;
    const plain = aimless(element);
    const lists = [...plain.matchAll(INDEX)].map((found) => {
      const path = plain.slice(0, found.index);
      return { path, index: indexOf(found[1] as string), row: this.row(path) as Row };
    });
    return { row, lists, parent: parentOf(plain) };
  }

  private row(element: string): Row | undefined {
    const pattern = patternOf(element);
    return Object.hasOwn(this.table.elements, pattern) ? this.table.elements[pattern] : undefined;
  }

  private unknown(element: string): Answer {
    const names = patternOf(element).split(".");
    const wrong = names.findIndex((_, depth) => !this.nodes.has(names.slice(0, depth + 1).join(".")));
    return this.refuse("unknown", undefined, wrong < 0 ? names.length : wrong);
  }

  private value(store: Store, element: string, row: Row): Answer {
    const value = row.live
      ? (ownText(store.live, element) ?? row.default)
      : (derived(store, row.derive) ?? store.values.get(element) ?? row.default);
    if (value === undefined || (value === "" && row.blank)) return this.refuse("not_set", row);
    return { value, error: "0", reason: "" };
  }

  private getKeyword(store: Store, element: string): Answer {
    const [, path = "", keyword = ""] = KEYWORD.exec(element) ?? [];
    const place = keyword ? this.find(path) : null;
    if (!place) return this.unknown(element);
    const { row } = place;
    let value: string;
    if (keyword === "_children" && row.children?.length) value = row.children.join(",");
    else if (keyword === "_count" && row.list) value = String(store.count(path));
    else return this.refuse(LACKING[keyword] as string, row);
    return beyond(store, place) ? this.refuse("index_get", row) : { value, error: "0", reason: "" };
  }

  private setUnknown(element: string): Answer {
    if (element === "") return this.refuse("empty_set");
    const asked = KEYWORD.exec(element);
    const place = asked ? this.find(asked[1] as string) : null;
    return place ? this.refuse("keyword_set", place.row) : this.unknown(element);
  }

  private objection(store: Store, element: string, place: Place, value: string): string | null {
    const { row } = place;
    if (row.children !== undefined) return "container_set";
    if (!row.access?.includes("w")) return "read_only";
    if (place.lists.some(({ path, index, row: { closed } }) => index > store.count(path) - (closed ? 1 : 0))) {
      return "index_set";
    }
    if (narrowed(store, element, "w")) return "read_only";
    return (
      missing(store, element, place) ??
      crowded(store, place) ??
      this.checker.check(typeName(store, place), value) ??
      this.taken(store, element, place, value)
    );
  }

  private kept(store: Store, place: Place, value: string): string {
    return this.checker.canonical(typeName(store, place), value);
  }

  private taken(store: Store, element: string, place: Place, value: string): string | null {
    if (place.row.fixed && (store.values.get(element) ?? value) !== value) return "fixed";
    const list = place.lists[place.lists.length - 1];
    const rule = list?.row.unique;
    if (!list || !rule || !element.endsWith(`.${rule.child}`) || !applies(store, list.path, rule)) return null;
    const kept = this.kept(store, place, value);
    for (let other = 0; other < store.count(list.path); other++) {
      if (other !== list.index && store.values.get(`${list.path}.${other}.${rule.child}`) === kept) return "duplicate";
    }
    return null;
  }
}

/** The path as the table writes it: every index `n`, a target `{target}`. */
function patternOf(element: string): string {
  return aimless(element, "{target}").replace(INDEX, ".n");
}

/** The element with `sign` for the target that ends it. Not by a pattern: odd names could make it crawl. */
function aimless(element: string, sign = ""): string {
  const at = element.indexOf("{target=");
  return at >= 0 && element.endsWith("}") ? element.slice(0, at) + sign : element;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("."), 0));
}

function ownText(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** The table's path of the element a type hangs on. */
function steererOf(path: string, { by, beside }: TypeByKind): string {
  const record = parentOf(path);
  return `${beside === "list" ? parentOf(parentOf(record)) : record}.${by}`;
}

function beyond(store: Store, place: Place): boolean {
  return place.lists.some(({ path, index }) => index >= store.count(path));
}

/** Whether this one record denies what the table allows (shared data, RTE 4.3). */
function narrowed(store: Store, element: string, wish: string): boolean {
  return !(ownText(store.access, element) ?? wish).includes(wish);
}

/** RTE 4.2.4.1 and 4.2.22.1: a threshold's verdict stands above what the SCO has set. */
function derived(store: Store, rule: Derivation | undefined): string | undefined {
  const threshold = rule && store.values.get(rule.threshold);
  if (!rule || !threshold) return undefined;
  const measure = store.values.get(rule.measure);
  if (!measure) return rule.open;
  return Number(measure) >= Number(threshold) ? rule.met : rule.unmet;
}

/** `first` and `needs`: something that has to be there before this may be set. */
function missing(store: Store, element: string, place: Place): string | null {
  for (const { path, index, row } of place.lists) {
    const first = row.first && `${path}.${index}.${row.first}`;
    if (first && element !== first && !store.values.has(first)) return "dependency";
    if (absent(store, parentOf(path), row)) return "dependency";
  }
  return absent(store, place.parent, place.row) ? "dependency" : null;
}

function absent(store: Store, beside: string, row: Row): boolean {
  return row.needs?.some((name) => !store.values.has(`${beside}.${name}`)) ?? false;
}

function crowded(store: Store, place: Place): string | null {
  for (const { path, index, row } of place.lists) {
    const kind = row.at_most && store.values.get(`${parentOf(path)}.${row.at_most.by}`);
    if (kind !== undefined && index >= (row.at_most?.limits[kind] ?? Infinity)) return "too_many";
  }
  return null;
}

/** The type's name, which may hang on a sibling's value; that one is there, for `needs` was looked at before. */
function typeName(store: Store, place: Place): string {
  const type = place.row.type as string | TypeByKind;
  if (typeof type === "string") return type;
  const list = place.lists[place.lists.length - 1];
  const beside = type.beside === "list" && list ? parentOf(list.path) : place.parent;
  return type.types[store.values.get(`${beside}.${type.by}`) as string] as string;
}

function indexOf(digits: string): number {
  return digits.length > 9 || (digits.startsWith("0") && digits !== "0") ? NOWHERE : Number(digits);
}

function applies(store: Store, path: string, rule: NonNullable<Row["unique"]>): boolean {
  if (rule.by === undefined) return true;
  const kind = store.values.get(`${parentOf(path)}.${rule.by}`);
  return kind !== undefined && (rule.values ?? []).includes(kind);
}
