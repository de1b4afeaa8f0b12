/**
 * People whom no item names are shown by a number: in the columns and in the source fields that name them.
 *
 * Who is named is the scope's to say; which number someone has is the caller's.
 */
import { type Identifier, names } from '../record/identifier.ts';
import type { Draft } from '../record/record.ts';
import type { Scope } from './scope.ts';

/**
 * The record with everyone it mentions masked whom no item of the scope names, under any of their identifiers: in its
 * columns and texts, and gone from what it says of whom it mentions.
 */
export function masked(draft: Draft, scope: Pick<Scope, 'items'>, numberOf: (who: Identifier) => string): Draft {
  const hidden = (draft.mentions ?? []).filter(
    ({ who, also }) => ![who, ...(also ?? [])].some((one) => scope.items.some((item) => names(item.target, one))),
  );
  if (hidden.length === 0) return draft;
  const values: Record<string, unknown> = { ...draft.values };
  const raw = { ...draft.raw };
  for (const { column, who, fields } of hidden) {
    const person = numberOf(who);
    if (column !== null && values[column] !== undefined) values[column] = person;
    for (const field of fields) if (field in raw) raw[field] = person;
  }
  const { mentions, ...rest } = draft;
  const named = (mentions ?? []).filter((mention) => !hidden.includes(mention));
  return { ...rest, values, raw, ...(named.length > 0 ? { mentions: named } : {}) };
}
