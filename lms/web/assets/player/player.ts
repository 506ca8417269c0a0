/** The player page: exchange the code, replay the journal, put activities on the screen, follow the server's moves. */

import {
  type Courier, type Given, Journal, type Launched, Net, browser, follow, launch, replay,
} from "../../../../scorm/adapter/index.ts";
import { answerForPlayer } from "./alone.ts";
import { Around } from "./around.ts";
import { BEAT, Guard } from "./guard.ts";
import { type Entry, Screen, type Ways } from "./screen.ts";
import { type Texts, texts } from "./texts.ts";

interface Moved {
  readonly deliver: string | null;
  readonly launch: string | null;
  readonly exception: string | null;
  readonly ended: boolean;
}

interface Told {
  readonly code?: string;
  readonly moved?: Moved;
  readonly ended?: boolean;
  readonly given?: Given;
  readonly ways?: Ways;
  readonly seq?: number;
}

interface Begun extends Told {
  readonly contents: readonly Entry[];
  readonly title: string;
  readonly files: string;
  readonly mode: string;
  readonly screen_minutes: number;
}

interface Entered {
  readonly token: string;
  readonly launch: string;
  readonly seq: number;
}

const RETRY = 3_000;

class Player {
  private readonly say: Texts = texts();
  private readonly around = new Around(this.say["site"] ?? "");
  private readonly screen = new Screen(this.say, (move, target) => this.move(move, target));
  private entered: Entered = { token: "", launch: "", seq: 1 };
  private journal: Journal | null = null;
  private begun: Begun | null = null;
  private sco: Launched | null = null;
  private courier: Courier | null = null;
  private unfollow: () => void = () => undefined;
  private current: string | null = null;
  private moving = false;
  private leaving = false;
  private needsTop = false;

  async start(): Promise<void> {
    answerForPlayer();
    const code = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    this.journal = await Journal.open(window.indexedDB, Net.open());
    const entered = await this.persist("/rt/exchange", { code });
    if (!entered) return this.screen.message(this.say["gone"] ?? "");
    this.entered = entered as unknown as Entered;
    if (this.journal) {
      const permit = { token: this.entered.token, url: "/rt/commit" };
      await replay(this.journal, browser(), async () => permit);
    }
    const begun = await this.persist("/rt/begin", {});
    if (!begun) return this.takenOver();
    this.begin(begun as unknown as Begun);
  }

  /** At the door there is nothing to lose yet: ask until an answer comes. */
  private async persist(path: string, body: unknown): Promise<Record<string, unknown> | null> {
    for (;;) {
      try {
        const headers = { "Content-Type": "application/json", Authorization: `Bearer ${this.entered.token}` };
        const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), credentials: "omit" });
        if (answer.ok) return (await answer.json()) as Record<string, unknown>;
        if (answer.status < 500 && answer.status !== 429) return null;
      } catch {
        this.screen.message(this.say["line"] ?? "");
      }
      await new Promise((resolve) => window.setTimeout(resolve, RETRY));
    }
  }

  private begin(begun: Begun): void {
    this.begun = begun;
    this.screen.name(begun.title);
    this.screen.contents(begun.contents);
    if (begun.mode !== "normal") this.screen.say(this.say[begun.mode] ?? "");
    const guard = new Guard(begun.screen_minutes);
    window.setInterval(() => void this.beat(guard), BEAT);
    this.follow(begun);
  }

  private async beat(guard: Guard): Promise<void> {
    const reply = await this.courier?.ask("/rt/beat", { ...guard.take(), top: this.needsTop });
    if (reply?.status === 409) this.takenOver();
  }

  /** What the server has made of a move, or of the end of a session. */
  private follow(told: Told): void {
    const { moved, ways, given } = told;
    if (moved?.deliver && given) this.deliver(moved, given, told.seq ?? 1);
    else if (moved?.ended) this.over();
    else if (moved?.exception) this.stay(this.say["cannot"] ?? "");
    else if (moved && !moved.deliver) this.stay(this.say["choose"] ?? "");
    else if (told.ended && !this.moving) this.screen.say(this.say["partDone"] ?? "");
    if (ways) this.screen.ways(ways, this.current);
    if (moved) this.moving = false;
  }

  private deliver(moved: Moved, given: Given, seq: number): void {
    this.screen.empty("");
    this.screen.say(this.begun?.mode === "normal" ? "" : (this.say[this.begun?.mode ?? ""] ?? ""));
    this.current = moved.deliver;
    this.open(given, seq);
    const title = this.begun?.contents.find(({ id }) => id === moved.deliver)?.title ?? "";
    this.screen.show((this.begun?.files ?? "") + (moved.launch ?? ""), title, () => this.reachedForTop());
  }

  private open(given: Given, seq: number): void {
    this.unfollow();
    const ticket = { launch: this.entered.launch, token: this.entered.token, std: given.version, seq };
    this.sco = launch(window, this.journal, ticket, given, {
      onState: (state) => this.screen.saved(state),
      onAnswer: (answer) => this.follow(answer as Told),
      onTrouble: (code) => this.trouble(code),
      renew: () => this.renew(),
    });
    this.courier = this.sco.courier;
    this.unfollow = follow(window, this.courier);
  }

  private move(move: string, target?: string): void {
    if (this.moving || !this.courier) return;
    this.moving = true;
    this.leaving = move === "leave";
    this.screen.empty(this.say["loading"] ?? "");
    this.sco?.session.quiet();
    this.courier.move(this.leaving ? "suspendAll" : move, target);
    if (this.leaving) void this.courier.settled(5_000).then(() => this.around.tell("leave"));
  }

  private stay(text: string): void {
    this.current = null;
    if (!this.courier) this.open({ version: "2004", store: { values: {} } }, this.begun?.seq ?? 1);
    this.screen.empty(text);
  }

  private over(): void {
    this.current = null;
    if (this.leaving) {
      this.screen.empty(this.say["closed"] ?? "");
      this.around.tell("leave");
    } else if (this.around.there) {
      this.screen.empty(this.say["through"] ?? "");
      this.screen.offer(this.say["back"] ?? "", () => this.around.tell("leave"));
    } else this.screen.empty(this.say["over"] ?? "");
  }

  private takenOver(): void {
    this.screen.say(this.say["takenOver"] ?? "", this.around.there ? this.say["again"] : "", () => this.around.tell("again"));
  }

  private trouble(code: string): void {
    if (code === "superseded") this.takenOver();
    else if (code === "signed-out") this.screen.say(this.say["signedOut"] ?? "");
    else if (code.startsWith("too-large")) this.screen.say(this.say["tooLarge"] ?? "");
  }

  private reachedForTop(): void {
    if (this.needsTop || !this.around.there) return;
    this.needsTop = true;
    void this.courier?.ask("/rt/beat", { seconds: 0, top: true });
    this.screen.say(this.say["ownWindow"] ?? "");
    this.around.tell("top");
  }

  private async renew(): Promise<string | null> {
    const code = await this.around.renew(this.entered.launch);
    if (code === null) return null;
    const entered = await this.persist("/rt/exchange", { code });
    if (!entered) return null;
    this.entered = { ...this.entered, token: String(entered["token"]) };
    return this.entered.token;
  }
}

void new Player().start();
