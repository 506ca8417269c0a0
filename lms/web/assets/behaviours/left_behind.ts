/** Which lessons this person has opened on this computer, until it is sure that nothing of them was left behind. */

interface Mark {
  readonly registration: string;
  /** when it was last tried to send what is left; milliseconds, 0: never */
  readonly tried: number;
}

const NAME = "lessons opened here";
const MOST = 20;

export class LeftBehind {
  constructor(private readonly person: string) {}

  /** A lesson is opened: it may leave something behind from now on. */
  opened(registration: string): void {
    this.keep([{ registration, tried: 0 }, ...this.others(registration)]);
  }

  tried(registration: string): void {
    this.keep([...this.others(registration), { registration, tried: Date.now() }]);
  }

  clean(registration: string): void {
    this.keep(this.others(registration));
  }

  /** Those not tried for a while. */
  due(since: number): string[] {
    const now = Date.now(); // a clock that was set back must not keep anything here
    return this.all().filter((one) => one.tried < now - since || one.tried > now).map((one) => one.registration);
  }

  private others(registration: string): Mark[] {
    return this.all().filter((one) => one.registration !== registration);
  }

  private all(): Mark[] {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(`${NAME} ${this.person}`) ?? "[]");
      return Array.isArray(found) ? (found as Mark[]) : [];
    } catch {
      return [];
    }
  }

  private keep(marks: Mark[]): void {
    try {
      if (marks.length) localStorage.setItem(`${NAME} ${this.person}`, JSON.stringify(marks.slice(0, MOST)));
      else localStorage.removeItem(`${NAME} ${this.person}`);
    } catch {
      // without storage the lesson itself sends what it left, when it is opened again
    }
  }
}
