/**
 * What a person is writing. A reload, Back, or being signed out does not lose it: it stays in this tab, under the page it
 * was written on, until it is done with, its writer signs out, or another person signs in. Files that were picked do not.
 */
const SLOTS = 'draft ';
const WRITER = 'drafts of';

export class Draft<T extends object> {
  readonly #none: () => T;
  /** As it is now; its parts may be bound. */
  now: T = $state()!;

  /** Made while a component is set up. `name` tells it from others of the page; `none` is nothing written. */
  constructor(name: string, none: () => T) {
    const slot = `${SLOTS}${location.pathname} ${name}`;
    this.#none = none;
    this.now = read(slot, none());
    $effect(() => {
      const text = JSON.stringify(this.now);
      if (text === JSON.stringify(none())) sessionStorage.removeItem(slot);
      else write(slot, text);
    });
  }

  get isBegun(): boolean {
    return JSON.stringify(this.now) !== JSON.stringify(this.#none());
  }

  clear(): void {
    this.now = this.#none();
  }

  /** Clears it where it still is what was sent: what was written meanwhile stays. */
  clearIf(sent: T): void {
    if (JSON.stringify(this.now) === JSON.stringify(sent)) this.clear();
  }
}

function read<T extends object>(slot: string, none: T): T {
  try {
    const kept = JSON.parse(sessionStorage.getItem(slot) ?? 'null') as T | null;
    return kept === null ? none : { ...none, ...kept };
  } catch {
    return none;
  }
}

/** A tab that takes no more still shows what was written. */
function write(slot: string, text: string): void {
  try {
    sessionStorage.setItem(slot, text);
  } catch {}
}

/** Who is in now: what another person wrote in this tab goes. */
export function draftsOf(person: string): void {
  if (sessionStorage.getItem(WRITER) !== person) forgetDrafts();
  sessionStorage.setItem(WRITER, person);
}

export function forgetDrafts(): void {
  for (const slot of Object.keys(sessionStorage))
    if (slot.startsWith(SLOTS) || slot === WRITER) sessionStorage.removeItem(slot);
}
