/**
 * Who stands on the other side of a booking, as mentions of people no instrument names.
 *
 * A name or account of the other side is also masked in every other source field that repeats it: banks print the
 * payee again in the free text.
 */
import { type Identifier, type IdentifierType, identifier } from '../../record/identifier.ts';
import type { KindColumn, Mention } from '../../record/record.ts';

/** Which side of a booking the account is on; null when the file does not say or contradicts itself. */
export type Direction = 'debit' | 'credit' | null;

/** The column in which the other side of a booking stands. */
export function otherSide(direction: Direction): KindColumn {
  return direction === 'debit' ? 'receiver' : direction === 'credit' ? 'sender' : 'counterpart';
}

/** The column in which the account itself stands; null when the direction is unknown. */
export function ownSide(direction: Direction): KindColumn | null {
  return direction === 'debit' ? 'sender' : direction === 'credit' ? 'receiver' : null;
}

/** A mention of `text` with the fields under `prefixes` and every field that repeats the text; null for no text. */
export function mention(
  raw: Record<string, string>,
  prefixes: string[],
  types: IdentifierType[],
  text: string | undefined,
  column: KindColumn | null,
): Mention | null {
  const who = text === undefined ? null : firstOf(types, text);
  if (who === null) return null;
  const needle = text!.trim().toLowerCase();
  const fields = Object.keys(raw).filter(
    (key) =>
      prefixes.some((prefix) => key === prefix || key.startsWith(`${prefix}/`)) ||
      (needle.length > 2 && raw[key]!.toLowerCase().includes(needle)),
  );
  return { column, who, fields };
}

/** The identifier of the first type whose form the text has. */
export function firstOf(types: IdentifierType[], text: string): Identifier | null {
  for (const type of types) {
    const found = identifier(type, text);
    if (found) return found;
  }
  return null;
}
