/**
 * A small drawer on this device that outlives the browser: IndexedDB, because localStorage loses seconds of work
 * when a browser is killed. Without it (private windows) everything works, only nothing is kept.
 */
const NAME = "courses";
const SHELF = "waiting";

let opened: Promise<IDBDatabase | null> | undefined;

function database(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}

async function run<T>(mode: IDBTransactionMode, ask: (shelf: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const found = await database();
  if (!found) return undefined;
  return new Promise((resolve) => {
    const transaction = found.transaction(SHELF, mode);
    const request = ask(transaction.objectStore(SHELF));
    if (mode === "readwrite") transaction.commit(); // not when this page next has time to hear of it
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}

export const keep = (key: string, value: unknown): Promise<unknown> => run("readwrite", (one) => one.put(value, key));
export const drop = (key: string): Promise<unknown> => run("readwrite", (one) => one.delete(key));
export const read = <T>(key: string): Promise<T | undefined> => run<T>("readonly", (one) => one.get(key));

/** Everything whose key begins so, oldest first. */
export async function waiting<T>(prefix: string): Promise<[string, T][]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const keys = (await run("readonly", (one) => one.getAllKeys(range))) ?? [];
  const values = (await run<T[]>("readonly", (one) => one.getAll(range) as IDBRequest<T[]>)) ?? [];
  return keys.map((key, place) => [String(key), values[place]!]);
}
