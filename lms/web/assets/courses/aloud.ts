/** Reads the lesson aloud where the browser has a voice for its language; without one there is no button. */
const VOICES: Record<string, string[]> = { kk: ["kk"], ru: ["ru"] };

/** Voices from afar fall silent in a long text, so it is handed over sentence by sentence. */
const sentencesOf = (block: HTMLElement): string[] =>
  (block.innerText.match(/[^.!?…\n]+[.!?…]*/g) ?? []).map((one) => one.trim()).filter(Boolean);

export class ReadAloud {
  private readonly words: string;

  constructor(private readonly button: HTMLElement) {
    this.words = button.textContent ?? "";
    if (!("speechSynthesis" in window)) return;
    this.offer();
    speechSynthesis.addEventListener("voiceschanged", () => this.offer());
    button.addEventListener("click", () => this.toggle());
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  private voice(): SpeechSynthesisVoice | undefined {
    const wanted = VOICES[this.button.dataset["language"] ?? ""] ?? [];
    return speechSynthesis.getVoices().find((one) => wanted.includes(one.lang.slice(0, 2).toLowerCase()));
  }

  private offer(): void {
    this.button.classList.toggle("voiceless", !this.voice()); // it keeps its place: nothing jumps when it comes
  }

  private toggle(): void {
    if (speechSynthesis.speaking) return this.stop();
    const voice = this.voice();
    if (!voice) return;
    this.button.textContent = this.button.dataset["stop"] ?? "";
    const sentences = Array.from(document.querySelectorAll<HTMLElement>(".lesson .block")).flatMap(sentencesOf);
    sentences.forEach((sentence, place) => {
      const said = new SpeechSynthesisUtterance(sentence);
      said.voice = voice;
      said.lang = voice.lang;
      if (place === sentences.length - 1) said.onend = () => this.stop();
      speechSynthesis.speak(said);
    });
  }

  private stop(): void {
    speechSynthesis.cancel();
    this.button.textContent = this.words;
  }
}
