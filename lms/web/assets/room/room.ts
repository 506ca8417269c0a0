/** A page of the live room: which parts it has is written in its markup. */
import { Asking } from "./asking.ts";
import { CardReader } from "./camera.ts";
import { Lamp, Roll, Script, Tap } from "./classroom.ts";
import { Board, Console, Saying } from "./console.ts";
import { type Data, find } from "./data.ts";
import { Line } from "./line.ts";
import { Meter } from "./meter.ts";
import { Pairing } from "./pairing.ts";
import { Stage } from "./stage.ts";
import { Voice } from "./voice.ts";

const root = find("[data-room]");
if (root) {
  const data = JSON.parse(find("#room-data")!.textContent!) as Data;
  const line = new Line(data);
  const lamp = find("[data-lamp]", root);
  if (lamp) new Lamp(lamp, data, line);
  const stage = new Stage(find("[data-stage]", root)!, data, line);
  const roll = find("[data-roll]", root);
  const names = roll ? new Roll(roll, data) : null;
  const tap = find("[data-tap]", root);
  if (tap && names) new Tap(tap, data, line, names);
  const voice = find("[data-voice]", root);
  if (voice && data.voice) new Voice(voice, data, line);
  const cards = find("[data-cards]", root);
  if (cards && data.cards) new CardReader(cards, data, line, (pupil) => names?.mark(pupil));
  const script = find("[data-script]", root);
  if (script) new Script(script, data, line, stage);
  const board = find("[data-board]", root);
  if (board && data.board) new Board(board, data.board, line, data.role === "teacher" ? 4 : 15);
  if (data.role !== "onlooker") new Saying(root, line, stage);
  if (data.role === "teacher") new Console(root, data, line, stage);
  if (data.role === "pupil") {
    const hand = find<HTMLButtonElement>("[data-own-hand]", root);
    new Asking(find("[data-asking]", root)!, data, line, () => "");
    new Pairing(find("[data-pairing]", root)!, data, line, () => "");
    hand?.addEventListener("click", () => {
      const up = hand.getAttribute("aria-pressed") !== "true";
      hand.setAttribute("aria-pressed", String(up));
      void line.say(up ? "hand" : "lower");
    });
    line.on("turn", (pupil: string) => {
      if (pupil === data.who) hand?.setAttribute("aria-pressed", "false");
    });
  }
  void line.start(() => {
    if (data.role === "pupil") return {};
    return data.role === "staff" ? (names?.beat() ?? { p: [] }) : null;
  });
}

const meter = find("[data-meter]");
if (meter) new Meter(meter);
