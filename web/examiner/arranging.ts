/** The parts of a report while they are put in order. */
import type { Input, Output } from '../desk.ts';

export type Part = NonNullable<Output<'report arrangement'>['arrangement']>['parts'][number];
export type Parameters = Extract<Part, { question: string }>['parameters'];

/** The list with one part moved by so many places; as it was where that leads beyond an end. */
export function moved<T>(parts: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  if (from < 0 || to < 0 || from >= parts.length || to >= parts.length) return [...parts];
  const list = parts.toSpliced(from, 1);
  return list.toSpliced(to, 0, parts[from]!);
}

/** A finding's parameters as an exhibit names them. */
export function named(parameters: Record<string, unknown>): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]])),
  );
}

export function exhibitWords({ question, parameters }: Extract<Part, { question: string }>): string {
  const said = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  return said.length === 0 ? question : `${question} (${said.join('; ')})`;
}

export function fileOf(parts: readonly Part[]): File {
  return new File([JSON.stringify({ parts })], 'arrangement.json', { type: 'application/json' });
}

/** What `disclose` takes from a form. */
export type Disclosing = Pick<Input<'disclose'>, 'to' | 'for'>;
