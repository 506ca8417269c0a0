/**
 * One SCO's session with the API (RTE 4th Ed. chapter 3, RTE 1.2 3.3); the twin of scorm/runtime/session.py.
 * It is made for one launch and never used again: what calls it late is told that it has ended.
 */

import type { Weight } from "./deltas.ts";
import type { CallRule } from "./table.ts";
import { type Answer, type Model, Store } from "./walk.ts";

export type SessionState = "not initialized" | "running" | "terminated";

/** What the server hands out at launch: scorm.runtime's session as JSON. */
export interface Given {
  readonly version: string;
  readonly store: {
    readonly values: Readonly<Record<string, string>>;
    readonly live?: Readonly<Record<string, string>>;
    readonly access?: Readonly<Record<string, string>>;
  };
  readonly suspend_limit?: number | null;
}

/** Where what has been set goes. Every call returns at once. */
export interface Outlet {
  changed(element: string, value: string, weight: Weight): void;
  /** whether what was set is on its way to disk or school */
  commit(): boolean;
  finish(): boolean;
}

const MODES = ["cmi.mode", "cmi.core.lesson_mode"];
const COMMIT_FAILED: Readonly<Record<string, string>> = { "1.2": "101", "2004": "391" };

export class Session {
  state: SessionState = "not initialized";
  error = "0";
  private about = "";
  private readonly store: Store;
  private readonly lasting: boolean;

  constructor(
    given: Given,
    readonly model: Model,
    private readonly outlet: Outlet,
    /** called after Terminate has returned, with the pending request ("_none_" when there is none) */
    private readonly onTerminate: (request: string) => void = () => undefined,
  ) {
    const { values, live = {}, access = {} } = given.store;
    this.store = new Store(values, live, access);
    this.lasting = MODES.every((mode) => (this.store.values.get(mode) ?? "normal") === "normal");
  }

  // -- the calls -------------------------------------------------------------------------------------------

  initialize(argument: string): string {
    return this.step("Initialize", argument, "running") ? "true" : "false";
  }

  terminate(argument: string): string {
    if (!this.step("Terminate", argument, "terminated")) return "false";
    this.outlet.finish();
    const request = this.store.values.get("adl.nav.request") ?? "_none_";
    void Promise.resolve().then(() => this.onTerminate(request));
    return "true";
  }

  commit(argument: string): string {
    if (!this.step("Commit", argument, this.state)) return "false";
    if (this.outlet.commit()) return "true";
    this.error = COMMIT_FAILED[this.model.table.version] as string;
    this.about = "Commit: neither disk nor line";
    return "false";
  }

  getValue(element: string): string {
    return this.barred("GetValue", "") ? "" : this.settle(this.model.get(this.store, element), element).value;
  }

  setValue(element: string, value: string): string {
    if (this.barred("SetValue", "")) return "false";
    const answer = this.settle(this.model.set(this.store, element, value), element);
    if (answer.error !== "0") return "false";
    // Review and browse mode keep nothing (RTE 4.2.16); where to go next is no data.
    if (this.lasting || element === "adl.nav.request") {
      this.outlet.changed(element, this.store.values.get(element) as string, this.model.weight(element));
    }
    return "true";
  }

  getErrorString(code: string): string {
    const { strings } = this.model.table;
    return (Object.hasOwn(strings, code) && strings[code]) || "";
  }

  /** Of the last error: the reason and where; of another code its name; "" asks about the last error. */
  getDiagnostic(code: string): string {
    if ((code === "" || code === this.error) && this.error !== "0") return [...this.about].slice(0, 255).join("");
    return this.getErrorString(code);
  }

  // -- the system's side -----------------------------------------------------------------------------------

  /** The system's answers of this moment, adl.nav.request_valid.* among them. */
  refresh(live: Readonly<Record<string, string>>): void {
    this.store.live = live;
  }

  /** The learner moves on: the move itself ends the session, and late calls are told that it has ended. */
  quiet(): void {
    this.state = "terminated";
  }

  /** The content is taken away: what it did counts, and from now on it is told that its session has ended. */
  close(): void {
    if (this.state === "running") this.outlet.finish();
    this.state = "terminated";
  }

  // -- inside ----------------------------------------------------------------------------------------------

  private step(call: string, argument: string, after: SessionState): boolean {
    if (this.barred(call, argument)) return false;
    this.state = after;
    this.error = "0";
    this.about = "";
    return true;
  }

  private barred(call: string, argument: string): boolean {
    const rules = this.model.table.calls[call] as CallRule;
    const ofState = rules[this.state] as string | undefined;
    const ofArgument = argument === "" ? undefined : rules.argument;
    const code = rules.argument_first ? (ofArgument ?? ofState) : (ofState ?? ofArgument);
    if (code === undefined) return false;
    this.error = code;
    this.about = `${call}: ${code === ofState ? this.state : "argument"}`;
    return true;
  }

  private settle(answer: Answer, element: string): Answer {
    this.error = answer.error;
    this.about = answer.error === "0" ? "" : `${answer.reason}: ${element}`;
    return answer;
  }
}
