/** What the player page uses: open the journal, launch a SCO, follow the page to its end. */

import tables from "../datamodel/tables.json";
import { show } from "./api.ts";
import { Courier } from "./courier.ts";
import type { Journal } from "./journal.ts";
import { type Given, Session } from "./session.ts";
import type { Table } from "./table.ts";
import { Model } from "./walk.ts";
import type { Host, Ticket, World } from "./world.ts";

export { faceOf, show } from "./api.ts";
export { Courier } from "./courier.ts";
export { Deltas } from "./deltas.ts";
export { Journal } from "./journal.ts";
export { Net } from "./net.ts";
export { replay } from "./replay.ts";
export type { Given } from "./session.ts";
export type { State } from "./world.ts";
export { Session } from "./session.ts";
export { Store } from "./walk.ts";

export const TABLES = tables as unknown as Readonly<Record<string, Table>>;
const models = new Map<string, Model>();

/** The model of "1.2" or "2004", ready for walking. */
export function model(version: string, suspendLimit?: number | null): Model {
  const key = `${version} ${suspendLimit ?? ""}`;
  let ready = models.get(key);
  if (!ready) models.set(key, (ready = new Model(withLimit(TABLES[version] as Table, suspendLimit))));
  return ready;
}

/** How much suspend_data is taken is an installation's choice. */
function withLimit(table: Table, limit?: number | null): Table {
  const row = table.elements["cmi.suspend_data"];
  if (limit === undefined || limit === null || !row) return table;
  const name = row.type as string;
  return { ...table, types: { ...table.types, [name]: { ...table.types[name], check: "text", max: limit } } };
}

export interface LaunchHost extends Host {
  /** the SCO has ended its session; `request` is its pending adl.nav.request or "_none_" */
  onTerminate?(request: string): void;
}

export interface Launched {
  readonly session: Session;
  readonly courier: Courier;
  /** takes the content's session away: before the frame is emptied or another SCO comes */
  close(): void;
}

/** Makes the session of one SCO launch and shows it to content in `target` (the window the SCO will look in). */
export function launch(
  target: object,
  journal: Journal | null,
  ticket: Ticket,
  given: Given,
  host: LaunchHost = {},
  world: World = browser(),
): Launched {
  const courier = new Courier(ticket, world, journal, {
    ...host,
    onAnswer: (answer) => {
      if (answer["valid"]) session.refresh(answer["valid"] as Record<string, string>);
      host.onAnswer?.(answer);
    },
  });
  const session = new Session(given, model(given.version, given.suspend_limit), courier, (request) =>
    host.onTerminate?.(request),
  );
  show(target, session);
  return { session, courier, close: () => session.close() };
}

/** Hidden, ended, back on the line. Returns what undoes it. */
export function follow(page: Window, courier: Courier): () => void {
  const hidden = (): void => {
    if (page.document.visibilityState === "hidden") courier.lastWords();
  };
  const ends = (): void => courier.end(true);
  const returns = (): void => courier.end(false);
  const online = (): void => courier.wake();
  page.document.addEventListener("visibilitychange", hidden);
  page.addEventListener("pagehide", ends);
  page.addEventListener("pageshow", returns);
  page.addEventListener("online", online);
  return () => {
    page.document.removeEventListener("visibilitychange", hidden);
    page.removeEventListener("pagehide", ends);
    page.removeEventListener("pageshow", returns);
    page.removeEventListener("online", online);
  };
}

/** The world as the page has it. */
export function browser(): World {
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    setTimeout: (work, ms) => globalThis.setTimeout(work, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer as number),
    now: () => performance.now(),
    date: () => new Date().toISOString(),
    random: () => Math.random(),
  };
}
