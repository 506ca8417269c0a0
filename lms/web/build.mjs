// Builds what browsers load: assets/styles/site.scss and assets/behaviours/site.ts → static/dist/site.{css,js},
// and the player page of the content site: assets/player/player.{ts,css} → static/dist/player.{js,css}.
// The page of a test: assets/exam/exam.ts → static/dist/exam.js.
// Each file gets a .gz beside it, so that nothing is compressed while people wait.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { compileAsync } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "static", "dist");
// Old laptops: the browsers of Windows 7 stopped at Chromium 109 and Firefox 115.
const target = ["chrome87", "firefox91", "safari14"];

async function styles(file = "site.scss") {
  const { css } = await compileAsync(join(here, "assets", "styles", file), {
    loadPaths: [join(here, "..", "..", "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import"], // Bootstrap 5.3 is written with @import
  });
  return (await esbuild.transform(css, { loader: "css", minify: true, target })).code;
}

// The adapter's own limit: what Safari 14 makes of destructuring cannot be trusted.
const playerTarget = ["chrome93", "firefox92", "safari15.4"];

async function script(browsers, ...path) {
  const built = await esbuild.build({
    entryPoints: [join(here, "assets", ...path)],
    bundle: true,
    minify: true,
    format: "iife",
    legalComments: "none",
    target: browsers,
    write: false,
  });
  return built.outputFiles[0].text;
}

async function write(name, text) {
  await writeFile(join(dist, name), text);
  await writeFile(join(dist, `${name}.gz`), gzipSync(text, { level: 9 }));
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([
  styles().then((css) => write("site.css", css)),
  styles("workshop.scss").then((css) => write("workshop.css", css)),
  script(target, "behaviours", "site.ts").then((js) => write("site.js", js)),
  script(playerTarget, "room", "room.ts").then((js) => write("room.js", js)),
  script(playerTarget, "exam", "exam.ts").then((js) => write("exam.js", js)),
  script(playerTarget, "exam", "selftest.ts").then((js) => write("selftest.js", js)),
  script(playerTarget, "player", "player.ts").then((js) => write("player.js", js)),
  script(playerTarget, "player", "handing.ts").then((js) => write("handing.js", js)),
  // What a course takes along when it leaves: its own look and its own behaviour.
  styles("course.scss").then((css) => write("course.css", css)),
  script(playerTarget, "courses", "packed.ts").then((js) => write("course.js", js)),
  // What turns a model in three dimensions; loaded with the first of them that is opened.
  script(playerTarget, "courses", "solid", "viewer.ts").then((js) => write("solid.js", js)),
  styles("solid.scss").then((css) => write("solid.css", css)),
  script(playerTarget, "courses", "lesson.ts").then((js) => write("lesson.js", js)),
  script(playerTarget, "courses", "workshop.ts").then((js) => write("workshop.js", js)),
  script(playerTarget, "courses", "editor.ts").then((js) => write("editor.js", js)),
  // What the library takes along on a stick or a disk.
  script(playerTarget, "library", "offline.ts").then((js) => write("carried.js", js)),
  readFile(join(here, "assets", "library", "offline.css"), "utf8")
    .then((css) => esbuild.transform(css, { loader: "css", minify: true, target }))
    .then(({ code }) => write("carried.css", code)),
  readFile(join(here, "assets", "player", "player.css"), "utf8")
    .then((css) => esbuild.transform(css, { loader: "css", minify: true, target }))
    .then(({ code }) => write("player.css", code)),
  readFile(join(here, "assets", "mark.svg"), "utf8").then((svg) => write("mark.svg", svg)),
]);
