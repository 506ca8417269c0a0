/** A lesson page: what was read is noted, answers come back in place, tabs, reading aloud. Works without as well. */
import { attach } from "../behaviours/attach.ts";
import { Answer } from "./answer.ts";
import { Film } from "./film.ts";
import { Lesson } from "./events.ts";
import { ReadAloud } from "./aloud.ts";
import { Solid } from "./solid.ts";
import { Tabs } from "./tabs.ts";

attach({ answer: Answer, film: Film, lesson: Lesson, "read-aloud": ReadAloud, solid: Solid, tabs: Tabs });
