/**
 * Numbers for people whom no instrument names: `person 7`, the same number for the same identifier all through a matter.
 *
 * The list that says who person 7 is lies apart from the records; reading it is an act of its own, with a reason.
 */
import type { Identifier } from '../record/identifier.ts';

export type Person = { number: number; type: string; value: string };

export type People = {
  number(who: Identifier): string;
  /** Those met for the first time since this was made. */
  met(): Person[];
};

export function peopleAfter(known: readonly Person[]): People {
  const numbers = new Map(known.map((person) => [`${person.type} ${person.value}`, person.number]));
  const met: Person[] = [];
  let last = known.reduce((highest, person) => Math.max(highest, person.number), 0);
  return {
    number({ type, value }) {
      const key = `${type} ${value}`;
      let number = numbers.get(key);
      if (number === undefined) {
        number = ++last;
        numbers.set(key, number);
        met.push({ number, type, value });
      }
      return `person ${number}`;
    },
    met: () => met,
  };
}
