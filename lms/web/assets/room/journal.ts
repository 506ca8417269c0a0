/**
 * Words that were said and are not yet acknowledged, on this device. A word gets its number here, once, so that
 * the server knows it again however often it is sent. On a shared computer each keeps their own.
 */
export interface Kept {
  n: number;
  room: string;
  who: string;
  kind: string;
  data: unknown;
  at: number;
}

const STORE = "words";
const OLD = 48 * 3600 * 1000;

export class Journal {
  device = random();
  private base: IDBDatabase | null = null;
  private memory: Kept[] = [];
  private last = Date.now() * 1000;

  async open(): Promise<void> {
    try {
      this.base = await opened();
      this.device = localStorage.getItem("streamed-device") ?? this.device;
      localStorage.setItem("streamed-device", this.device);
    } catch {
      this.base = null; // no storage: the device is new with every page, and its numbers with it
    }
  }

  async add(room: string, who: string, kind: string, data: unknown): Promise<void> {
    const word = { room, who, kind, data, at: Date.now() };
    if (!this.base) {
      this.memory.push({ ...word, n: ++this.last });
      return;
    }
    await done(this.base.transaction(STORE, "readwrite", { durability: "strict" }).objectStore(STORE).add(word));
  }

  async waiting(room: string, who: string, most: number): Promise<Kept[]> {
    const all = this.base
      ? ((await done(this.base.transaction(STORE).objectStore(STORE).getAll())) as Kept[])
      : this.memory;
    return all.filter((one) => one.room === room && one.who === who).slice(0, most);
  }

  async forget(numbers: number[]): Promise<void> {
    this.memory = this.memory.filter((one) => !numbers.includes(one.n));
    if (!this.base) return;
    const store = this.base.transaction(STORE, "readwrite").objectStore(STORE);
    await Promise.all(numbers.map((one) => done(store.delete(one))));
  }

  /** Words nobody came back for. */
  async sweep(): Promise<void> {
    if (!this.base) return;
    const all = (await done(this.base.transaction(STORE).objectStore(STORE).getAll())) as Kept[];
    await this.forget(all.filter((one) => Date.now() - one.at > OLD).map((one) => one.n));
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("streamed", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "n", autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
