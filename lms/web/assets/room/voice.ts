/** Voice and video in the page: the desk sends, the screen of each class takes one stream and answers with its voice. */
import { type Data, filled, find } from "./data.ts";
import { Handle, Session, type Told } from "./janus.ts";
import { Ladder, type Measured, type Step } from "./ladder.ts";
import type { Line } from "./line.ts";

const MEASURE = 4_000;
const AGAIN = 5_000;
const STILL_EVERY = 8_000;
const STILL = { width: 192, height: 144, quality: 0.4 };
const VOICE_BITS = 40_000;

export class Voice {
  private session: Session | null = null;
  private sending: Handle | null = null;
  private taking: Handle | null = null;
  private own: MediaStream | null = null;
  private readonly heard = new MediaStream();
  private readonly video: HTMLVideoElement;
  private readonly ladder = new Ladder();
  private before = { lost: 0, got: 0, frames: 0, voice: 0 };
  private mids: string[] = [];
  private step: Step = "video";
  private wanted = false;
  private again = 0;

  constructor(
    private readonly part: HTMLElement,
    private readonly data: Data,
    private readonly line: Line,
  ) {
    this.video = find<HTMLVideoElement>("video", part)!;
    find("[data-join]", part)?.addEventListener("click", () => void this.join());
    find("[data-speak]", part)?.addEventListener("click", () => void this.speak(false));
    find("[data-camera]", part)?.addEventListener("click", () => void this.speak(true));
    setInterval(() => void this.measure(), MEASURE);
    if (data.voice!.leads) setInterval(() => this.still(), STILL_EVERY);
    line.on("still", (told: { d: string }) => this.showStill(told.d));
  }

  /** Once somebody has pressed a button the browser lets sound out; from then on it comes back by itself. */
  private async join(): Promise<void> {
    this.wanted = true;
    if (this.session) return;
    const voice = this.data.voice!;
    try {
      const session = await Session.open(voice.server, voice.token);
      this.session = session;
      session.onend = () => this.gone();
      this.sending = await session.attach((told) => void this.noted(told));
      const entered = { request: "join", ptype: "publisher", room: voice.room, display: voice.name, token: voice.door };
      const told = await this.sending.say(entered);
      this.words("voice-on");
      await this.noted(told);
      if (this.own) await this.send();
    } catch {
      this.gone();
    }
  }

  private gone(): void {
    const [session, handles] = [this.session, [this.sending, this.taking]];
    this.session = this.sending = this.taking = null;
    for (const one of handles) one?.peer.close();
    for (const track of this.heard.getTracks()) this.heard.removeTrack(track);
    if (session) {
      session.onend = () => undefined;
      session.close();
    }
    this.words("voice-gone");
    clearTimeout(this.again);
    if (this.wanted) this.again = window.setTimeout(() => void this.join(), AGAIN);
  }

  /** News of the room: somebody speaks from now on. Those who stop are taken out by the server's own offer. */
  private async noted(told: Told): Promise<void> {
    const feeds = (told.plugindata?.data["publishers"] ?? []) as { id: number }[];
    if (!feeds.length || !this.session) return;
    const streams = feeds.map((one) => ({ feed: one.id }));
    if (this.taking) {
      await this.renewed(await this.taking.say({ request: "subscribe", streams }));
      return;
    }
    const voice = this.data.voice!;
    const taking = await this.session.attach((news) => void this.renewed(news));
    this.taking = taking;
    taking.peer.ontrack = (event) => this.hears(event.track);
    await this.renewed(await taking.say({ request: "join", ptype: "subscriber", room: voice.room, token: voice.door, streams }));
  }

  private async renewed(told: Told): Promise<void> {
    const streams = told.plugindata?.data["streams"] as { mid: string; type: string; active: boolean }[] | undefined;
    if (streams) this.mids = streams.filter((one) => one.type === "video" && one.active).map((one) => one.mid);
    if (told.jsep && this.taking) await this.taking.answers(told.jsep);
    if (this.step !== "video") await this.choose(this.step);
  }

  private hears(track: MediaStreamTrack): void {
    this.heard.addTrack(track);
    track.onended = () => this.heard.removeTrack(track);
    if (this.video.srcObject !== this.heard && !this.data.voice!.leads) this.video.srcObject = this.heard;
    if (this.data.voice!.leads) this.listen();
    void this.video.play().catch(() => undefined);
  }

  /** The desk sees itself and hears the classes. */
  private listen(): void {
    const sound = find<HTMLAudioElement>("audio", this.part)!;
    sound.srcObject = this.heard;
    void sound.play().catch(() => undefined);
  }

  private async speak(camera: boolean): Promise<void> {
    if (this.own) {
      for (const track of this.own.getTracks()) track.stop();
      this.own = null;
      this.pressed(camera, false);
      await this.sending?.say({ request: "unpublish" }).catch(() => undefined);
      return;
    }
    const picture = camera ? { width: 320, height: 240, frameRate: 12 } : false;
    try {
      this.own = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true }, video: picture });
    } catch {
      this.words("no-camera");
      return;
    }
    this.pressed(camera, true);
    if (camera) {
      this.video.muted = true;
      this.video.srcObject = this.own;
    }
    if (this.session) await this.send();
    else await this.join();
  }

  private pressed(camera: boolean, on: boolean): void {
    find(camera ? "[data-camera]" : "[data-speak]", this.part)?.setAttribute("aria-pressed", String(on));
  }

  private async send(): Promise<void> {
    const sending = this.sending!;
    for (const track of this.own!.getTracks()) {
      const sender = sending.peer.getSenders().find((one) => one.track?.kind === track.kind || !one.track);
      if (sender) await sender.replaceTrack(track);
      else sending.peer.addTrack(track, this.own!);
    }
    await sending.offers({ request: "publish", audiocodec: "opus", videocodec: "vp8", filename: this.name() });
    for (const sender of sending.peer.getSenders()) {
      const wished = sender.getParameters();
      if (sender.track?.kind !== "audio" || !wished.encodings?.length) continue;
      wished.encodings[0]!.maxBitrate = VOICE_BITS;
      await sender.setParameters(wished).catch(() => undefined);
    }
  }

  /** Of a recording: who spoke, in letters any file system takes. */
  private name(): string {
    return `${this.data.voice!.leads ? "teacher" : "class"}-${Date.now()}`;
  }

  private async measure(): Promise<void> {
    if (!this.taking || this.data.voice!.leads) return;
    const now = { lost: 0, got: 0, frames: 0, voice: 0 };
    for (const one of (await this.taking.peer.getStats()).values() as Iterable<Record<string, any>>) {
      if (one["type"] !== "inbound-rtp") continue;
      now.lost += one["packetsLost"] as number;
      now.got += one["packetsReceived"] as number;
      if (one["kind"] === "video") now.frames += (one["framesDecoded"] as number) ?? 0;
      else now.voice += one["packetsReceived"] as number;
    }
    const was = this.before;
    this.before = now;
    const [lost, got] = [Math.max(0, now.lost - was.lost), now.got - was.got];
    this.part.dataset["frames"] = String(now.frames);
    this.part.dataset["packets"] = String(now.voice);
    if (!was.got) return;
    const found: Measured = {
      loss: lost / Math.max(1, lost + got),
      frames: this.mids.length ? (now.frames - was.frames) / (MEASURE / 1000) : 99,
      silence: now.voice === was.voice,
    };
    const step = this.ladder.take(found);
    if (step !== this.step) await this.choose(step);
  }

  /** What the line cannot carry is not sent over it; the page and the desk say so. */
  private async choose(step: Step): Promise<void> {
    const news = step !== this.step;
    this.step = step;
    const streams = this.mids.map((mid) => ({ mid, send: step === "video" }));
    if (streams.length) await this.taking?.say({ request: "configure", streams }).catch(() => undefined);
    this.part.dataset["step"] = step;
    this.words(`step-${step}`);
    this.video.hidden = step !== "video";
    find<HTMLImageElement>("img", this.part)!.hidden = step !== "stills";
    if (news) void this.line.say("step", { k: step });
  }

  /** A small picture every few seconds, while some class cannot have the moving one. */
  private still(): void {
    if (!find("[data-stills]") || !this.own?.getVideoTracks().length) return;
    const canvas = document.createElement("canvas");
    canvas.width = STILL.width;
    canvas.height = STILL.height;
    canvas.getContext("2d")?.drawImage(this.video, 0, 0, STILL.width, STILL.height);
    this.line.pass("still", { d: canvas.toDataURL("image/webp", STILL.quality) });
  }

  private showStill(picture: string): void {
    const image = find<HTMLImageElement>("img", this.part)!;
    if (picture.startsWith("data:image/webp;base64,")) image.src = picture;
  }

  private words(code: string): void {
    find("[data-voice-words]", this.part)!.textContent = filled(this.data.texts[code] ?? "", {});
  }
}
