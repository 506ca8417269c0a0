/** What every page loads. */
import { attach } from "./attach.ts";
import { Confirm } from "./confirm.ts";
import { Drag } from "./drag.ts";
import { Focus } from "./focus.ts";
import { Live } from "./live.ts";
import { HandIn } from "./hand_in.ts";
import { Menu } from "./menu.ts";
import { Play } from "./play.ts";
import { Progress } from "./progress.ts";
import { Refresh } from "./refresh.ts";
import { Suggest } from "./suggest.ts";
import { Upload } from "./upload.ts";
import { Word } from "./word.ts";

attach({
  confirm: Confirm,
  drag: Drag,
  focus: Focus,
  "hand-in": HandIn,
  live: Live,
  menu: Menu,
  play: Play,
  progress: Progress,
  refresh: Refresh,
  suggest: Suggest,
  upload: Upload,
  word: Word,
});
