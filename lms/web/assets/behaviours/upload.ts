/**
 * Sends a file in pieces and goes on after a break. The protocol is described in lms/core/uploads.
 *
 * <form data-module="upload" data-address="/uploads" method="post" action="…">
 *   <input type="hidden" name="csrf_token"> <input type="file" name="file">
 *   <input type="hidden" name="upload">   ← gets the id of the finished upload; the form is then sent without the file
 *   <div class="upload-state" hidden> <progress> <p role="status" data-sending data-waiting data-refused> </div>
 *
 * Without script the same form sends the file whole.
 */
const SMALLEST = 64 * 1024;
const QUICK = 2_000;
const SLOW = 10_000;
const LONGEST_PAUSE = 30_000;

interface State {
  id: string;
  offset: number;
  size: number;
  most: number;
}

class Refused extends Error {}

export class Upload {
  private readonly file: HTMLInputElement;
  private readonly bar: HTMLProgressElement;
  private readonly words: HTMLElement;
  private piece = SMALLEST;

  constructor(private readonly form: HTMLElement) {
    this.file = form.querySelector("input[type=file]")!;
    this.bar = form.querySelector("progress")!;
    this.words = form.querySelector("[role=status]")!;
    form.addEventListener("submit", (event) => this.begin(event));
  }

  private begin(event: Event): void {
    const file = this.file.files?.[0];
    if (!file || this.field("upload").value) return;
    event.preventDefault();
    this.form.querySelector<HTMLElement>(".upload-state")!.hidden = false;
    this.buttons(true);
    this.send(file).then((id) => this.finish(id), () => this.refused());
  }

  private async send(file: File): Promise<string> {
    let state = await this.remembered(file);
    while (state.offset < state.size) {
      this.show(state);
      state = await this.next(file, state);
    }
    this.show(state);
    localStorage.removeItem(this.key(file));
    return state.id;
  }

  /** The upload this browser had begun with the same file, or a new one. */
  private async remembered(file: File): Promise<State> {
    const known = localStorage.getItem(this.key(file));
    const address = this.form.dataset["address"]!;
    if (known) {
      try {
        return await this.ask(`${address}/${known}`, {});
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    const body = JSON.stringify({ name: file.name, size: file.size });
    const state = await this.ask(address, { method: "POST", body, headers: { "Content-Type": "application/json" } });
    localStorage.setItem(this.key(file), state.id);
    return state;
  }

  /** Pieces grow while the line is quick and shrink when it is slow, so little is sent twice. */
  private async next(file: File, state: State): Promise<State> {
    const end = Math.min(state.offset + Math.min(this.piece, state.most), state.size);
    const began = performance.now();
    const answer = await this.ask(`${this.form.dataset["address"]}/${state.id}`, {
      method: "PATCH",
      body: file.slice(state.offset, end),
      headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(state.offset) },
    });
    const took = performance.now() - began;
    if (took < QUICK) this.piece *= 2;
    if (took > SLOW) this.piece = Math.max(SMALLEST, this.piece / 2);
    return answer;
  }

  /** Asks until there is an answer: a broken line is a pause, only a refusal is an end. */
  private async ask(address: string, how: RequestInit & { headers?: Record<string, string> }): Promise<State> {
    for (let pause = 1_000; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const headers = { Accept: "application/json", "X-CSRFToken": this.field("csrf_token").value, ...how.headers };
      const answer = await fetch(address, { ...how, headers }).catch(() => null);
      if (answer?.ok || answer?.status === 409) return (await answer.json()) as State;
      if (answer && answer.status < 500) throw new Refused(String(answer.status));
      this.say("waiting");
      this.piece = Math.max(SMALLEST, this.piece / 2);
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  private show(state: State): void {
    this.bar.max = state.size;
    this.bar.value = state.offset;
    const percent = `${Math.floor((100 * state.offset) / state.size)} %`;
    this.say("sending", percent);
  }

  private say(what: "sending" | "waiting" | "refused", more = ""): void {
    const text = `${this.words.dataset[what] ?? ""} ${more}`.trim();
    if (this.words.textContent !== text) this.words.textContent = text;
  }

  private finish(id: string): void {
    this.field("upload").value = id;
    this.file.disabled = true;
    (this.form as HTMLFormElement).submit();
  }

  private refused(): void {
    this.say("refused");
    this.buttons(false);
  }

  private buttons(off: boolean): void {
    for (const button of this.form.querySelectorAll("button")) button.disabled = off;
  }

  private field(name: string): HTMLInputElement {
    return this.form.querySelector(`input[name=${name}]`)!;
  }

  private key(file: File): string {
    return `upload:${file.name}:${file.size}:${file.lastModified}`;
  }
}
