// The adapter behind a line protocol: {"given": {…}, "calls": [[name, …arguments], …]} in,
// {"answers": [[result, error, diagnostic], …], "sent": {element: value}, "deltas": [{…}, …], "ms": n} out: everything
// that was set, and the deltas it goes to the server in.
import { createInterface } from "node:readline";

import { Deltas, Session, faceOf, model } from "../../../scorm/adapter/dist/adapter.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  const { given, calls } = JSON.parse(line);
  const sent = {};
  const deltas = new Deltas("L1", given.version, 1, () => "");
  const changed = (element, value, weight) => {
    sent[element] = value;
    if (deltas.clashes(element, value, weight)) deltas.seal();
    deltas.add(element, value, weight);
  };
  const outlet = { changed, commit: () => true, finish: () => true };
  const face = faceOf(new Session(given, model(given.version, given.suspend_limit), outlet));
  const prefix = given.version === "1.2" ? "LMS" : "";
  const began = performance.now();
  const answers = calls.map(([name, ...said]) => {
    const result = face[prefix && name === "Terminate" ? "LMSFinish" : prefix + name](...said);
    return [result, face[`${prefix}GetLastError`](), face[`${prefix}GetDiagnostic`]("")];
  });
  const ms = performance.now() - began;
  if (deltas.opened) deltas.seal();
  const bodies = deltas.sealed.map(({ body }) => JSON.parse(body).set);
  process.stdout.write(JSON.stringify({ answers, sent, deltas: bodies, ms }) + "\n");
}
