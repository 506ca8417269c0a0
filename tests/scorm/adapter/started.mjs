import { Courier, Journal } from "../../../scorm/adapter/dist/adapter.mjs";
import { Disk, world } from "./fakes.mjs";

/** A courier at the start of launch L1, and everything around it. */
export async function start({ disk = new Disk(), seq, std = "2004", host = {}, random } = {}) {
  const place = world(random ? { random } : {});
  const states = [];
  const troubles = [];
  const journal = disk && (await Journal.open(disk));
  const courier = new Courier({ launch: "L1", token: "t1", std, ...(seq ? { seq } : {}) }, place, journal, {
    onState: (state) => states.push(state),
    onTrouble: (code) => troubles.push(code),
    ...host,
  });
  return { ...place, place, disk, journal, courier, states, troubles };
}

export const numbers = (school) => school.requests.map(({ body }) => body.seq);
export const CYRILLIC = "ә".repeat(64_000);
