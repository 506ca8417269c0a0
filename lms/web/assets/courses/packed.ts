/** A course outside this system: marks its questions and speaks SCORM 1.2 or 2004 where there is somebody to hear. */
import { attach } from "../behaviours/attach.ts";
import { Page } from "./packed-page.ts";
import { Solid } from "./solid.ts";
import { Tabs } from "./tabs.ts";

attach({ solid: Solid, tabs: Tabs, packed: Page });
