/**
 * What the person has selected: one object that every view reads. Never changed; a step makes a new one, and steps can be
 * gone back and forth. It fits into a link.
 */

/** Half-open, milliseconds since 1970. */
export type Range = { began: number; ended: number };
/** Degrees; west is less than east. */
export type Box = { west: number; south: number; east: number; north: number };

export type Selection = {
  kinds: readonly string[];
  sources: readonly string[];
  parties: readonly string[];
  time: Range | null;
  area: Box | null;
  /** Hours of the week in the display zone: 0 is Monday 00:00. */
  hours: readonly number[];
};

export const EVERYTHING: Selection = { kinds: [], sources: [], parties: [], time: null, area: null, hours: [] };

export type Part = keyof Selection;

export function withPart<P extends Part>(selection: Selection, part: P, value: Selection[P]): Selection {
  return { ...selection, [part]: value };
}

export function without(selection: Selection, part: Part): Selection {
  return { ...selection, [part]: EVERYTHING[part] };
}

export function isWhole(selection: Selection, part: Part): boolean {
  const value = selection[part];
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** As text for a link; the same selection gives the same text. */
export function toText(selection: Selection): string {
  const parts = (Object.keys(EVERYTHING) as Part[]).filter((part) => !isWhole(selection, part));
  return parts.length === 0 ? '' : JSON.stringify(Object.fromEntries(parts.map((part) => [part, selection[part]])));
}

/** What a link holds; anything that is no selection is everything. */
export function fromText(text: string | null): Selection {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(text ?? '{}') as Record<string, unknown>;
  } catch {
    return EVERYTHING;
  }
  if (given === null || typeof given !== 'object') return EVERYTHING;
  const words = (value: unknown) =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  const numbers = (value: unknown, names: readonly string[]) => {
    const of = (value ?? {}) as Record<string, unknown>;
    return names.every((name) => Number.isFinite(of[name]))
      ? (Object.fromEntries(names.map((name) => [name, of[name]])) as Record<string, number>)
      : null;
  };
  const time = numbers(given['time'], ['began', 'ended']) as Range | null;
  const area = numbers(given['area'], ['west', 'south', 'east', 'north']) as Box | null;
  return {
    kinds: words(given['kinds']),
    sources: words(given['sources']),
    parties: words(given['parties']),
    time: time && time.began < time.ended ? time : null,
    area: area && area.west < area.east && area.south < area.north ? area : null,
    hours: Array.isArray(given['hours'])
      ? given['hours'].filter((hour): hour is number => Number.isInteger(hour) && hour >= 0 && hour < 168)
      : [],
  };
}

/** Steps that can be gone back and forth. */
export class Steps {
  readonly #steps: Selection[];
  #at = 0;

  constructor(first: Selection) {
    this.#steps = [first];
  }

  get now(): Selection {
    return this.#steps[this.#at]!;
  }

  get canUndo(): boolean {
    return this.#at > 0;
  }

  get canRedo(): boolean {
    return this.#at < this.#steps.length - 1;
  }

  take(next: Selection): Selection {
    if (toText(next) === toText(this.now)) return this.now;
    this.#steps.splice(this.#at + 1, this.#steps.length, next);
    this.#at = this.#steps.length - 1;
    return next;
  }

  undo(): Selection {
    if (this.canUndo) this.#at -= 1;
    return this.now;
  }

  redo(): Selection {
    if (this.canRedo) this.#at += 1;
    return this.now;
  }
}
