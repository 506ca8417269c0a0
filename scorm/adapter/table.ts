/**
 * The shape of a data model's table. Its meaning is written down once, in scorm/datamodel/__init__.py;
 * `python -m scorm tables` prints the tables this is built with.
 */

/** {name=word} before a value: the words it may say, and the one that goes without saying. */
export type Marks = Readonly<Record<string, { readonly words?: readonly string[]; readonly default: string | null }>>;

export interface TypeSpec {
  readonly check: string;
  readonly max?: number;
  readonly min?: number;
  readonly regex?: string;
  readonly words?: readonly string[];
  readonly empty?: boolean;
  readonly separator?: string;
  readonly item?: string;
  readonly most?: number;
  readonly distinct?: boolean;
  readonly marks?: Marks;
  readonly parts?: readonly string[];
  readonly some?: boolean;
  readonly types?: readonly string[];
}

export interface TypeByKind {
  readonly by: string;
  readonly beside?: string;
  readonly types: Readonly<Record<string, string>>;
}

export interface Derivation {
  readonly measure: string;
  readonly threshold: string;
  readonly met: string;
  readonly unmet: string;
  readonly open: string;
}

export interface Row {
  readonly children?: readonly string[] | null;
  readonly list?: boolean;
  readonly first?: string;
  readonly closed?: boolean;
  readonly needs?: readonly string[];
  readonly unique?: { readonly child: string; readonly by?: string; readonly values?: readonly string[] };
  readonly at_most?: { readonly by: string; readonly limits: Readonly<Record<string, number>> };
  readonly fixed?: boolean;
  readonly type?: string | TypeByKind;
  readonly access?: string;
  readonly default?: string;
  readonly blank?: boolean;
  readonly derive?: Derivation;
  readonly live?: boolean;
  readonly errors?: Readonly<Record<string, string>>;
}

export interface CallRule {
  readonly argument?: string;
  readonly argument_first?: boolean;
  readonly [state: string]: string | boolean | undefined;
}

export interface Table {
  readonly version: string;
  readonly languages: string;
  readonly calls: Readonly<Record<string, CallRule>>;
  readonly names: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string | readonly string[]>>;
  readonly strings: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, TypeSpec>>;
  readonly elements: Readonly<Record<string, Row>>;
}
