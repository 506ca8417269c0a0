/**
 * What was answered and is not at the school yet, kept on this computer: in IndexedDB, which survives a killed browser;
 * where there is none, in localStorage.
 */
export interface Entry {
  readonly attempt: string;
  readonly epoch: number;
  readonly seq: number;
  readonly number: number;
  readonly fields: Record<string, string[]>;
  readonly beacon: string;
  readonly since: number;
}

export interface Journal {
  add(entry: Entry): Promise<void>;
  drop(attempt: string, epoch: number, seqs: number[]): Promise<void>;
  all(attempt: string): Promise<Entry[]>;
}

const key = (attempt: string, epoch: number, seq: number): string => `${attempt}.${epoch}.${seq}`;
const inOrder = (a: Entry, b: Entry): number => a.epoch - b.epoch || a.seq - b.seq;

export async function openJournal(): Promise<Journal> {
  try {
    return new Database(await opened());
  } catch {
    return new Cupboard();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("exam", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("no database"));
  });
}

class Database implements Journal {
  constructor(private readonly db: IDBDatabase) {}

  add(entry: Entry): Promise<void> {
    return this.write((store) => store.put(entry, key(entry.attempt, entry.epoch, entry.seq)));
  }

  drop(attempt: string, epoch: number, seqs: number[]): Promise<void> {
    return this.write((store) => {
      for (const seq of seqs) store.delete(key(attempt, epoch, seq));
    });
  }

  all(attempt: string): Promise<Entry[]> {
    return new Promise((resolve, reject) => {
      const asked = this.db.transaction("entries").objectStore("entries").getAll();
      asked.onsuccess = () => resolve((asked.result as Entry[]).filter((one) => one.attempt === attempt).sort(inOrder));
      asked.onerror = () => reject(asked.error ?? new Error("unreadable"));
    });
  }

  private write(work: (store: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.db.transaction("entries", "readwrite");
      work(transaction.objectStore("entries"));
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("full"));
    });
  }
}

class Cupboard implements Journal {
  async add(entry: Entry): Promise<void> {
    localStorage.setItem(`exam.${key(entry.attempt, entry.epoch, entry.seq)}`, JSON.stringify(entry));
  }

  async drop(attempt: string, epoch: number, seqs: number[]): Promise<void> {
    for (const seq of seqs) localStorage.removeItem(`exam.${key(attempt, epoch, seq)}`);
  }

  async all(attempt: string): Promise<Entry[]> {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(`exam.${attempt}.`));
    return names.map((name) => JSON.parse(localStorage.getItem(name) ?? "{}") as Entry).sort(inOrder);
  }
}
