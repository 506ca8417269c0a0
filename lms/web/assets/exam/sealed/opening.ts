/**
 * The door of a sealed test. The paper comes days before and lies here locked; at the start one small answer of the
 * school brings the missing part of its key, and from then on the line may be gone.
 */
import { open } from "./box.ts";
import { scrypt } from "./scrypt.ts";
import { hmac } from "./sha256.ts";

interface Parcel {
  readonly paper: string;
  readonly about: string;
  readonly salt: string;
  readonly cost: number;
  readonly block: number;
  readonly nonce: string;
  readonly box: string;
}

interface Opened {
  readonly paper: string;
  readonly part: string;
  readonly shell: string;
  readonly take: string;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const fromHex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (one) => parseInt(one, 16));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

export function unlocked(parcel: Parcel, code: string, part: string): string | null {
  const heard = scrypt(bytes(code.toUpperCase().replace(/\s+/g, "")), fromHex(parcel.salt), parcel.cost, parcel.block);
  const text = open(fromBase64(parcel.box), hmac(fromHex(part), heard), fromHex(parcel.nonce), bytes(parcel.about));
  return text && new TextDecoder().decode(text);
}

export class Door {
  private parcel: Parcel | null = null;

  constructor(
    private readonly door: HTMLElement,
    private readonly begin: (page: HTMLElement) => void,
  ) {
    const form = door.closest("form");
    form?.addEventListener("submit", (event) => void this.enter(event, form));
    void this.fetch();
  }

  private say(name: string): void {
    this.door.querySelector(".sealed-state")!.textContent = this.door.dataset[name] ?? "";
  }

  private async fetch(): Promise<void> {
    const shelf = await opened();
    const known = shelf && (await kept(shelf, this.door.dataset["parcel"]!));
    if (known) this.here(known);
    try {
      const answer = await fetch(this.door.dataset["parcel"]!, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = (await answer.json()) as Parcel;
      this.here(fresh);
      if (shelf) await keep(shelf, this.door.dataset["parcel"]!, fresh);
    } catch {
      if (!this.parcel) this.say("saidMissing");
    }
  }

  private here(parcel: Parcel): void {
    this.parcel = parcel;
    this.door.dataset["ready"] = "yes";
    this.say("saidHere");
  }

  private async enter(event: Event, form: HTMLFormElement): Promise<void> {
    const parcel = this.parcel;
    if (!parcel) return; // the ordinary way: the school sends the paper itself
    event.preventDefault();
    const code = form.querySelector<HTMLInputElement>("[name=code]")!.value;
    const token = form.querySelector<HTMLInputElement>("[name=csrf_token]")!.value;
    this.say("saidAsking");
    try {
      const answer = await fetch(this.door.dataset["open"]!, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token },
        body: new URLSearchParams({ code }),
      });
      const told = (await answer.json()) as Opened & { wrong?: string };
      if (told.wrong) this.door.querySelector(".sealed-state")!.textContent = told.wrong;
      else this.show(told, parcel, code);
    } catch {
      this.say("saidNoLine");
    }
  }

  private show(told: Opened, parcel: Parcel, code: string): void {
    const markup = told.paper === parcel.paper ? unlocked(parcel, code, told.part) : null;
    if (markup === null) return location.assign(told.take);
    const main = document.querySelector("main")!;
    main.innerHTML = told.shell;
    main.querySelector("[data-slot]")!.innerHTML = markup;
    for (const around of document.querySelectorAll<HTMLElement>("body > header, body > footer")) around.hidden = true;
    history.replaceState(null, "", told.take);
    this.begin(main.querySelector<HTMLElement>("[data-exam]")!);
  }
}

function opened(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open("sealed", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("papers");
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function kept(shelf: IDBDatabase, name: string): Promise<Parcel | null> {
  return new Promise((resolve) => {
    const asked = shelf.transaction("papers").objectStore("papers").get(name);
    asked.onsuccess = () => resolve((asked.result as Parcel | undefined) ?? null);
    asked.onerror = () => resolve(null);
  });
}

function keep(shelf: IDBDatabase, name: string, parcel: Parcel): Promise<void> {
  return new Promise((resolve) => {
    const transaction = shelf.transaction("papers", "readwrite");
    transaction.objectStore("papers").put(parcel, name);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => resolve();
  });
}
