/**
 * What this computer keeps until the server has it: one IndexedDB store keyed (launch, seq), never localStorage,
 * which loses acknowledged writes when a browser dies. The connection is opened once, before the content starts:
 * a database opened inside a page-end handler is not open in time.
 */

import type { Net } from "./net.ts";

export interface Entry {
  readonly launch: string;
  readonly seq: number;
  /** the request exactly as it is sent, so that a repetition is known by its bytes */
  readonly body: string;
}

const DATABASE = "scorm-journal";
const STORE = "entries";
/** A damaged profile may never answer; content must not wait for it. */
const PATIENCE = 5_000;

export class Journal {
  private readonly found = new Map<string, number>();

  private constructor(
    private readonly factory: IDBFactory,
    private database: IDBDatabase | null,
    private readonly net: Net | null,
  ) {
    this.watch();
  }

  /** null where the browser gives no storage; the courier then relies on the line alone, and says so. */
  static async open(factory: IDBFactory | undefined | null, net: Net | null = null): Promise<Journal | null> {
    const database = factory ? await connect(factory) : null;
    const journal = factory && database ? new Journal(factory, database, net) : null;
    await journal?.haul();
    for (const { launch, seq } of (await journal?.all()) ?? []) journal?.found.set(launch, seq + 1);
    return journal;
  }

  /** The first number that no entry found at the start has: a launch that is loaded again must not write over it. */
  firstFree(launch: string): number {
    return this.found.get(launch) ?? 1;
  }

  /** Whether the entry is on the disk. */
  put(entry: Entry): Promise<boolean> {
    return this.change((store) => void store.put(entry));
  }

  /** For a page that ends: written without waiting for anything, and committed at once. */
  async putNow(entries: readonly Entry[]): Promise<boolean> {
    this.net?.catch(entries);
    const saved = await this.change((store) => {
      for (const entry of entries) store.put(entry);
      store.transaction.commit?.();
    });
    if (saved) this.released(entries);
    return saved;
  }

  remove(launch: string, seq: number): Promise<boolean> {
    this.net?.release(launch, seq);
    return this.change((store) => void store.delete([launch, seq]));
  }

  /** Everything that waits here, in the order of launches and numbers. */
  all(): Promise<Entry[]> {
    return new Promise((resolve) => {
      try {
        const asked = this.database?.transaction(STORE, "readonly").objectStore(STORE).getAll();
        if (!asked) return resolve([]);
        asked.onsuccess = () => resolve(asked.result as Entry[]);
        asked.onerror = () => resolve([]);
      } catch {
        resolve([]);
      }
    });
  }

  close(): void {
    this.database?.close();
    this.database = null;
  }

  /** What the last page threw into the net comes into the database. */
  private async haul(): Promise<void> {
    const caught = this.net?.all() ?? [];
    if (caught.length && (await this.change((store) => caught.forEach((entry) => store.put(entry))))) {
      this.released(caught);
    }
  }

  private released(entries: readonly Entry[]): void {
    for (const { launch, seq } of entries) this.net?.release(launch, seq);
  }

  private change(work: (store: IDBObjectStore) => void): Promise<boolean> {
    return new Promise((resolve) => {
      try {
        const transaction = this.database?.transaction(STORE, "readwrite", { durability: "strict" });
        if (!transaction) return resolve(false);
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
        work(transaction.objectStore(STORE));
      } catch {
        resolve(false); // closed under us, or the disk is full: the courier keeps the entry in memory
      }
    });
  }

  /** A browser may close a connection on its own (storage cleared, disk trouble): take a new one. */
  private watch(): void {
    if (!this.database) return;
    this.database.onversionchange = () => this.close();
    this.database.onclose = () => {
      this.database = null;
      void connect(this.factory).then((database) => {
        this.database = database;
        this.watch();
      });
    };
  }
}

function connect(factory: IDBFactory): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), PATIENCE);
    try {
      const asked = factory.open(DATABASE, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: ["launch", "seq"] });
      asked.onsuccess = () => {
        clearTimeout(timer);
        resolve(asked.result);
      };
      asked.onerror = () => resolve(null);
      asked.onblocked = () => resolve(null);
    } catch {
      resolve(null); // some browsers throw where storage is forbidden
    }
  });
}
