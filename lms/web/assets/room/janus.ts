/** A session with a Janus server over one WebSocket: https://janus.conf.meetecho.com/docs/rest */
const PATIENCE = 10_000;
const KEEP_ALIVE = 25_000;

export interface Told {
  janus: string;
  transaction?: string;
  sender?: number;
  data?: { id: number };
  plugindata?: { data: Record<string, any> };
  jsep?: RTCSessionDescriptionInit;
  error?: { code: number; reason: string };
}

type Hear = (told: Told) => void;

export class Session {
  onend: () => void = () => undefined;
  private readonly waiting = new Map<string, { done: Hear; failed: (error: Error) => void }>();
  private readonly handles = new Map<number, Hear>();
  private key = 0;
  private count = 0;
  private timer = 0;

  private constructor(
    private readonly socket: WebSocket,
    private readonly token: string,
  ) {
    socket.onmessage = (event) => this.hear(JSON.parse(String(event.data)) as Told);
    socket.onclose = () => this.ended();
  }

  static async open(server: string, token: string): Promise<Session> {
    const socket = new WebSocket(server, "janus-protocol");
    await new Promise((done, failed) => {
      socket.onopen = done;
      socket.onerror = failed;
    });
    const session = new Session(socket, token);
    session.key = (await session.ask({ janus: "create" })).data!.id;
    session.timer = window.setInterval(() => void session.ask({ janus: "keepalive" }).catch(() => undefined), KEEP_ALIVE);
    return session;
  }

  async attach(hear: Hear): Promise<Handle> {
    const told = await this.ask({ janus: "attach", plugin: "janus.plugin.videoroom" });
    this.handles.set(told.data!.id, hear);
    return new Handle(this, told.data!.id);
  }

  /** A message to a plugin is answered twice: "ack" says only that it has come. */
  ask(said: Record<string, unknown>): Promise<Told> {
    const transaction = String((this.count += 1));
    const whole = { ...said, transaction, token: this.token, ...(this.key ? { session_id: this.key } : {}) };
    return new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error("late")), PATIENCE);
      this.waiting.set(transaction, {
        done: (told) => {
          if (told.janus === "ack" && said["janus"] === "message") return;
          clearTimeout(timer);
          this.waiting.delete(transaction);
          const wrong = told.error?.reason ?? (told.plugindata?.data["error"] as string | undefined);
          if (wrong) failed(new Error(wrong));
          else done(told);
        },
        failed,
      });
      this.socket.send(JSON.stringify(whole));
    });
  }

  close(): void {
    this.socket.close();
  }

  private hear(told: Told): void {
    const asked = told.transaction ? this.waiting.get(told.transaction) : undefined;
    if (asked) asked.done(told);
    else if (told.sender) this.handles.get(told.sender)?.(told);
  }

  private ended(): void {
    clearInterval(this.timer);
    for (const one of this.waiting.values()) one.failed(new Error("gone"));
    this.onend();
  }
}

/** One way in or out of the room, with its own peer connection. */
export class Handle {
  readonly peer = new RTCPeerConnection();

  constructor(
    private readonly session: Session,
    private readonly key: number,
  ) {
    this.peer.onicecandidate = (event) => {
      const candidate = event.candidate?.toJSON() ?? { completed: true };
      void session.ask({ janus: "trickle", handle_id: key, candidate }).catch(() => undefined);
    };
  }

  async say(body: Record<string, unknown>, jsep?: RTCSessionDescriptionInit): Promise<Told> {
    return this.session.ask({ janus: "message", handle_id: this.key, body, ...(jsep ? { jsep } : {}) });
  }

  async offers(body: Record<string, unknown>): Promise<void> {
    const offer = await this.peer.createOffer();
    await this.peer.setLocalDescription(offer);
    const told = await this.say(body, { type: offer.type, sdp: offer.sdp ?? "" });
    if (told.jsep) await this.peer.setRemoteDescription(told.jsep);
  }

  async answers(jsep: RTCSessionDescriptionInit): Promise<void> {
    await this.peer.setRemoteDescription(jsep);
    const answer = await this.peer.createAnswer();
    await this.peer.setLocalDescription(answer);
    await this.say({ request: "start" }, { type: answer.type, sdp: answer.sdp ?? "" });
  }
}
