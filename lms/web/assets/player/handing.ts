/** A frame nobody sees, on the site of one package: what lessons left behind on this computer goes to school. */

import { Journal, Net, browser, replay } from "../../../../scorm/adapter/index.ts";
import { isPlaying } from "./alone.ts";
import { Around } from "./around.ts";
import { texts } from "./texts.ts";

async function token(code: string): Promise<string | null> {
  const answer = await fetch("/rt/exchange", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code }), credentials: "omit",
  });
  return answer.ok ? String(((await answer.json()) as Record<string, unknown>)["token"]) : null;
}

/** How much of what may be sent at all is still here; 0: there is nothing to come back for. */
async function left(code: string): Promise<number> {
  const journal = await Journal.open(window.indexedDB, Net.open());
  const waiting = (await journal?.all()) ?? [];
  if (!journal || !waiting.length) return 0;
  if (await isPlaying()) return waiting.length; // whoever plays sends it themselves
  const mine = await token(code).catch(() => null);
  if (mine === null) return waiting.length;
  const { kept, foreign } = await replay(journal, browser(), async () => ({ token: mine, url: "/rt/commit" }));
  return kept - foreign;
}

const code = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
void left(code).then((count) => new Around(texts()["site"] ?? "").tell(count ? "kept" : "handed"));
