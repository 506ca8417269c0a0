// Reads {rules, counts, stems, words} from its input and says which keys the browser's analysis makes of each word.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const built = await build({
  entryPoints: [process.argv[2]], bundle: true, format: "esm", write: false, logLevel: "error",
});
const { Asking } = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);
const given = JSON.parse(readFileSync(0, "utf8"));
const asking = new Asking(given.rules, new Map(Object.entries(given.counts)), given.stems, given.terms);
const told = given.words.map((word) => ({
  index: [...asking.keysOf(word, given.language)].sort(),
  query: [...new Set(asking.question(word).words.flatMap((keys) => [...keys.keys()]))].sort(),
}));
process.stdout.write(JSON.stringify(told));
