/**
 * What leaves in the very last moment. Content that speaks in its own `unload` is later than any database: a
 * transaction begun there is lost. localStorage writes at once; it is not to be trusted when a browser dies, so it
 * holds nothing but this, and only until the database has it.
 */

import type { Entry } from "./journal.ts";

const MARK = "scorm-journal ";

export class Net {
  constructor(private readonly storage: Storage) {}

  /** null where the browser gives no storage. */
  static open(): Net | null {
    try {
      return new Net(globalThis.localStorage);
    } catch {
      return null;
    }
  }

  /** Whether all of them are in it: it holds five million letters. */
  catch(entries: readonly Entry[]): boolean {
    try {
      for (const { launch, seq, body } of entries) this.storage.setItem(`${MARK}${launch} ${seq}`, body);
      return true;
    } catch {
      return false;
    }
  }

  release(launch: string, seq: number): void {
    this.storage.removeItem(`${MARK}${launch} ${seq}`);
  }

  all(): Entry[] {
    const names = Array.from({ length: this.storage.length }, (_, at) => this.storage.key(at) ?? "");
    return names.filter((name) => name.startsWith(MARK)).map((name) => {
      const [launch = "", seq = ""] = name.slice(MARK.length).split(" ");
      return { launch, seq: Number(seq), body: this.storage.getItem(name) ?? "" };
    });
  }
}
