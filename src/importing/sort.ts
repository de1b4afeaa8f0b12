/**
 * Sorts readings: what the scope covers is kept, everything else is sealed, and each is accounted for once.
 *
 * Pure: a reading and a scope give a place; files, encryption and counting are elsewhere.
 */
import type { Reading } from '../formats/format.ts';
import type { Draft, Locator } from '../record/record.ts';
import { masked } from '../scope/mask.ts';
import { covers, type Scope, type SealingReason } from '../scope/scope.ts';
import type { People } from './people.ts';

export type Kept = { locator: Locator; item: string; draft: Draft };

/** A row no one working the case may read. `row` is what stands in the file, for whoever holds the oversight key. */
export type Sealed = { locator: Locator; reason: SealingReason | PartReason; category: string | null; row: unknown };

/** A part of a kept row whose own category is not covered. */
export type PartReason = 'part of a kept row: category not covered';

export type Sorted = { kept?: Kept; sealed?: Sealed; unreadable?: { locator: Locator; why: string } };

type Sortable = Exclude<Reading, { stated: unknown } | { reference: unknown }>;

/** Decides one row. A kept row may come with a sealed part; an unreadable row is sealed as it stands. */
export function sort(scope: Scope, reading: Sortable, people: People): Sorted {
  const { locator } = reading;
  if ('unreadable' in reading) {
    const row = reading.raw ?? null;
    return {
      unreadable: { locator, why: reading.unreadable },
      sealed: { locator, reason: 'undetermined: not readable', category: null, row },
    };
  }
  const draft = reading.record;
  const decision = covers(scope, subjectOf(draft));
  if ('sealed' in decision)
    return { sealed: { locator, reason: decision.sealed, category: draft.category, row: whole(draft) } };
  const uncovered = (draft.parts ?? []).filter(
    (part) => 'sealed' in covers(scope, { ...subjectOf(draft), category: part.category }),
  );
  const kept: Kept = { locator, item: decision.item, draft: masked(without(draft, uncovered), scope, people.number) };
  if (uncovered.length === 0) return { kept };
  return {
    kept,
    sealed: {
      locator,
      reason: 'part of a kept row: category not covered',
      category: uncovered[0]!.category,
      row: partOf(draft, uncovered),
    },
  };
}

function subjectOf(draft: Draft) {
  return {
    subjects: draft.subjects,
    category: draft.category,
    state: draft.kind === 'fact',
    began: draft.began,
    ended: draft.ended,
    undetermined: draft.undetermined,
  };
}

function whole(draft: Draft): unknown {
  return {
    kind: draft.kind,
    subjects: draft.subjects.map(({ type, text }) => ({ type, text })),
    time: draft.timeAsStored,
    raw: draft.raw,
  };
}

function partOf(draft: Draft, parts: NonNullable<Draft['parts']>): unknown {
  const fields = parts.flatMap((part) => part.fields);
  return {
    kind: draft.kind,
    time: draft.timeAsStored,
    raw: Object.fromEntries(fields.map((field) => [field, draft.raw[field] ?? ''])),
  };
}

function without(draft: Draft, parts: NonNullable<Draft['parts']>): Draft {
  if (parts.length === 0) return draft;
  const values = { ...draft.values };
  const raw = { ...draft.raw };
  for (const part of parts) {
    for (const column of part.columns) delete values[column];
    for (const field of part.fields) delete raw[field];
  }
  return { ...draft, values, raw };
}
