/** Joins markup to behaviour: data-module="confirm" → new Confirm(element). One behaviour, one module. */

export interface Behaviour {
  new (element: HTMLElement): unknown;
}

const attached = new WeakMap<HTMLElement, Set<string>>();

export function attach(behaviours: Record<string, Behaviour>, root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-module]")) {
    for (const name of (element.dataset["module"] ?? "").split(" ")) {
      const behaviour = behaviours[name];
      const done = attached.get(element) ?? new Set<string>();
      if (!behaviour || done.has(name)) continue;
      attached.set(element, done.add(name));
      new behaviour(element);
    }
  }
}
