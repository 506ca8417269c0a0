// SetValue and GetValue per second in the adapter, as the page has it.
import { Session, faceOf, model } from "../../scorm/adapter/dist/adapter.mjs";

const outlet = { changed() {}, commit: () => true, finish: () => true };
const ROUNDS = 200_000;

function perSecond(work) {
  for (let at = 0; at < 2_000; at++) work(at);
  const began = performance.now();
  for (let at = 0; at < ROUNDS; at++) work(at);
  return Math.round((ROUNDS / (performance.now() - began)) * 1000);
}

function faceFor(version) {
  const face = faceOf(new Session({ version, store: { values: {} } }, model(version), outlet));
  (face.Initialize ?? face.LMSInitialize)("");
  return { set: face.SetValue ?? face.LMSSetValue, get: face.GetValue ?? face.LMSGetValue };
}

function fill({ set }, answer) {
  for (let at = 0; at < 250; at++) {
    set(`cmi.interactions.${at}.id`, `q${at}`);
    set(`cmi.interactions.${at}.type`, "choice");
    set(`cmi.interactions.${at}.${answer}`, "a");
  }
}

for (const [version, location, answer] of [
  ["1.2", "cmi.core.lesson_location", "student_response"],
  ["2004", "cmi.location", "learner_response"],
]) {
  const face = faceFor(version);
  fill(face, answer);
  const state = "ә".repeat(64_000);
  const figures = {
    "SetValue, a short text": perSecond((at) => face.set(location, String(at))),
    "SetValue, one of 250 interactions": perSecond((at) => face.set(`cmi.interactions.${at % 250}.${answer}`, "b")),
    "SetValue, 64,000 letters": perSecond(() => face.set("cmi.suspend_data", state)),
    "GetValue, a short text": perSecond(() => face.get(location)),
    "GetValue, _count": perSecond(() => face.get("cmi.interactions._count")),
  };
  for (const [what, rate] of Object.entries(figures)) console.log(`${version} ${what}: ${rate.toLocaleString("en")}/s`);
}
