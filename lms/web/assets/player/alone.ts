/** Whether a player of this package is open in another tab: two must not send the same journal. */

const NAME = "player";
const PATIENCE = 400;

export function answerForPlayer(): void {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener("message", ({ data }) => data === "anybody?" && channel.postMessage("here"));
}

export function isPlaying(): Promise<boolean> {
  const channel = new BroadcastChannel(NAME);
  return new Promise((resolve) => {
    channel.addEventListener("message", ({ data }) => data === "here" && resolve(true));
    channel.postMessage("anybody?");
    window.setTimeout(() => resolve(false), PATIENCE);
  });
}
