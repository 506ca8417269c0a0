// A world for the courier that stands still until it is told to go on: clock, disk and school.

/** Lets everything that is ready happen; no fake time passes. */
export async function breathe() {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export class Clock {
  time = 0;
  timers = new Map();
  last = 0;

  setTimeout(work, ms) {
    this.timers.set(++this.last, { at: this.time + ms, work });
    return this.last;
  }

  clearTimeout(timer) {
    this.timers.delete(timer);
  }

  async pass(ms) {
    const end = this.time + ms;
    for (;;) {
      await breathe();
      const [next] = [...this.timers].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b);
      if (!next) break;
      this.timers.delete(next[0]);
      this.time = Math.max(this.time, next[1].at);
      next[1].work();
    }
    this.time = end;
    await breathe();
  }
}

/** As much of IndexedDB as the journal asks for. `broken`: every transaction aborts, as on a full disk. */
export class Disk {
  rows = new Map();
  broken = false;
  opened = 0;
  writes = 0;
  durability = new Set();

  open() {
    const request = {};
    this.opened++;
    queueMicrotask(() => {
      request.result = { createObjectStore: () => {}, transaction: (...how) => this.transaction(...how), close() {} };
      request.onupgradeneeded?.();
      request.onsuccess?.();
    });
    return request;
  }

  transaction(_, mode, how) {
    const work = [];
    const transaction = { objectStore: () => store, commit() {} };
    const store = {
      transaction,
      put: (row) => work.push(() => this.rows.set(JSON.stringify([row.launch, row.seq]), { ...row })),
      delete: (key) => work.push(() => this.rows.delete(JSON.stringify(key))),
      getAll: () => {
        const request = {};
        queueMicrotask(() => {
          request.result = [...this.rows.values()].sort((a, b) => a.launch.localeCompare(b.launch) || a.seq - b.seq);
          request.onsuccess();
        });
        return request;
      },
    };
    if (mode === "readwrite") this.durability.add(how.durability);
    setImmediate(() => {
      if (this.broken) return transaction.onabort?.();
      work.forEach((one) => one());
      this.writes += work.length;
      transaction.oncomplete?.();
    });
    return transaction;
  }

  seqs(launch) {
    return [...this.rows.values()].filter((row) => row.launch === launch).map(({ seq }) => seq).sort((a, b) => a - b);
  }
}

/** The server's side of the commit protocol, and the faults a line can have. */
export class School {
  log = new Map(); // launch → seq → body
  requests = [];
  faults = []; // one a request: a status, "before" (never arrives), "after" (the answer is lost), or null
  headers = {};
  answer = {};

  fetch = async (url, init) => {
    const request = { url, init, body: JSON.parse(init.body), at: this.clock?.time };
    this.requests.push(request);
    const fault = this.faults.length ? this.faults.shift() : null;
    await new Promise((resolve) => setImmediate(resolve));
    if (fault === "before") throw new TypeError("the line is cut");
    if (typeof fault === "number") return new Response("{}", { status: fault, headers: this.headers });
    if (typeof fault === "object" && fault) return Response.json(fault.answer, { status: fault.status });
    const reply = this.receive(init.body);
    if (fault === "after") throw new TypeError("the answer is lost");
    return reply;
  };

  receive(text) {
    const { launch, seq } = JSON.parse(text);
    const rows = this.log.get(launch) ?? new Map();
    this.log.set(launch, rows);
    const known = rows.get(seq);
    if (known !== undefined && known !== text) return Response.json({ code: "conflict" }, { status: 409 });
    rows.set(seq, text);
    const next = this.next(launch);
    return Response.json({ ...this.answer, next }, { status: seq < next ? 200 : 202 });
  }

  next(launch) {
    let seq = 1;
    while (this.log.get(launch)?.has(seq)) seq++;
    return seq;
  }

  /** What the log says the launch's data are, and whether it was finished. */
  state(launch) {
    const found = { set: {}, finish: false };
    for (let seq = 1; seq < this.next(launch); seq++) {
      const body = JSON.parse(this.log.get(launch).get(seq));
      Object.assign(found.set, body.set);
      found.finish ||= body.finish === true;
    }
    return found;
  }
}

export function world({ clock = new Clock(), school = new School(), random = () => 0.5 } = {}) {
  school.clock = clock;
  return {
    clock,
    school,
    fetch: school.fetch,
    setTimeout: (work, ms) => clock.setTimeout(work, ms),
    clearTimeout: (timer) => clock.clearTimeout(timer),
    now: () => clock.time,
    date: () => new Date(1_800_000_000_000 + clock.time).toISOString(),
    random,
  };
}

/** Random numbers that are the same every time (mulberry32). */
export function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
