/**
 * window.API and window.API_1484_11: what content finds. A face belongs to one session for ever, so that a late
 * call from content that is gone ends in that session's 123, 133 or 143 and never in the next one's data.
 */

import type { Session } from "./session.ts";

export type Face = Readonly<Record<string, string | ((...said: unknown[]) => string)>>;

const SLOTS: Readonly<Record<string, string>> = { "1.2": "API", "2004": "API_1484_11" };

/** Content passes numbers and booleans too, and sometimes nothing at all. */
function text(said: unknown): string {
  return said === undefined || said === null ? "" : String(said);
}

export function faceOf(session: Session): Face {
  const calls: Readonly<Record<string, (first: string, second: string) => string>> = {
    Initialize: (first) => session.initialize(first),
    Terminate: (first) => session.terminate(first),
    GetValue: (first) => session.getValue(first),
    SetValue: (first, second) => session.setValue(first, second),
    Commit: (first) => session.commit(first),
    GetLastError: () => session.error,
    GetErrorString: (first) => session.getErrorString(first),
    GetDiagnostic: (first) => session.getDiagnostic(first),
  };
  const { names, version } = session.model.table;
  const named = Object.entries(calls).map(([call, work]) => [
    names[call] as string,
    (first?: unknown, second?: unknown) => work(text(first), text(second)),
  ]);
  return { ...Object.fromEntries(named), version: version === "2004" ? "1.0" : version } as Face;
}

/** Shows content this session's face, and only this version's: many SCOs take whichever object they find first. */
export function show(target: object, session: Session | null): void {
  const shown = session && SLOTS[session.model.table.version];
  for (const slot of Object.values(SLOTS)) {
    if (slot === shown) Reflect.set(target, slot, faceOf(session as Session));
    else Reflect.deleteProperty(target, slot);
  }
}
