// scorm-again behind the same line protocol as peer.mjs, as a second opinion.
import { createInterface } from "node:readline";

import { Scorm12API, Scorm2004API } from "scorm-again";

const QUIET = { autocommit: false, logLevel: 5, selfReportSessionTime: true };

function prepared({ version, store }) {
  const api = version === "1.2" ? new Scorm12API(QUIET) : new Scorm2004API(QUIET);
  for (const [element, value] of Object.entries(store.values)) {
    const names = element.split(".");
    const last = names.pop();
    names.reduce((place, name) => place[name], api)[last] = value;
  }
  return api;
}

function safely(work) {
  try {
    return String(work());
  } catch (error) {
    return `throws ${error.name}`;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { given, calls } = JSON.parse(line);
  const api = prepared(given);
  const prefix = given.version === "1.2" ? "LMS" : "";
  const answers = calls.map(([name, ...said]) => {
    const method = prefix && name === "Terminate" ? "LMSFinish" : prefix + name;
    return [safely(() => api[method](...said)), safely(() => api[`${prefix}GetLastError`]())];
  });
  process.stdout.write(JSON.stringify({ answers }) + "\n");
}
