// node scorm/adapter/build.mjs → scorm/adapter/dist: adapter.js for the page (ScormAdapter.launch …) and
// adapter.mjs with the same exports for tests and tools in Node.
import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const common = {
  entryPoints: [join(here, "index.ts")],
  bundle: true,
  minify: true,
  legalComments: "none",
  target: ["chrome93", "firefox92", "safari15.4"],
  logLevel: "warning",
};

// Renamed into place, so that nobody ever reads half a file.
for (const [name, format] of [["adapter.js", "iife"], ["adapter.mjs", "esm"]]) {
  const outfile = join(here, "dist", `${process.pid}.${name}`);
  await build({ ...common, format, outfile, ...(format === "iife" ? { globalName: "ScormAdapter" } : {}) });
  await rename(outfile, join(here, "dist", name));
}
