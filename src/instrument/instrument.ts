/**
 * The paper itself: who issued it, what for, and the items it names. `instrument.json`, checked field by field.
 *
 * A paper is data here; what it reaches in law is in `kinds.ts`, what it allows after approval is a `Scope`.
 */
import { z } from 'zod';
import { microsFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { IDENTIFIER_TYPES, type IdentifierType, identifier } from '../record/identifier.ts';
import type { Item, Scope } from '../scope/scope.ts';
import { CATEGORIES, INSTRUMENT_KINDS } from './kinds.ts';

const TARGET_TYPES = IDENTIFIER_TYPES.filter((type) => type !== 'untyped');

/** Other words people use for a type, and the one this house uses. */
const ALSO_CALLED: Record<string, IdentifierType> = {
  'phone-number': 'phone',
  msisdn: 'phone',
  whatsapp: 'phone',
  'e-mail': 'email',
  username: 'handle',
  account: 'account-id',
  subscriber: 'account-id',
  'ip-address': 'ip',
  address: 'ip',
  prefix: 'ip-prefix',
  mtcn: 'reference',
};

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
const Text = z.string().trim().min(1, 'not empty');
const Moment = z
  .string()
  .refine((text) => microsFrom(text) !== null, 'a time with its zone, such as 2017-02-01T00:00:00Z');

const Target = z
  .strictObject({
    type: z
      .string()
      .transform((type) => ALSO_CALLED[type] ?? type)
      .refine((type) => (TARGET_TYPES as readonly string[]).includes(type), `one of ${TARGET_TYPES.join(', ')}`),
    value: Text,
  })
  .superRefine(({ type, value }, context) => {
    if (!(TARGET_TYPES as readonly string[]).includes(type) || identifier(type as IdentifierType, value) !== null)
      return;
    const message = type === 'phone' ? 'a phone number with + and its country code' : `not written as a ${type}`;
    context.addIssue({ code: 'custom', path: ['value'], message });
  });

const ItemInput = z
  .strictObject({
    target: Target,
    categories: z.array(z.enum(CATEGORIES)).min(1, 'at least one data category'),
    began: Moment,
    ended: Moment,
  })
  .superRefine(({ began, ended }, context) => {
    const [low, high] = [microsFrom(began), microsFrom(ended)];
    if (low !== null && high !== null && low >= high) {
      context.addIssue({ code: 'custom', path: ['ended'], message: 'after began: an item covers began ≤ t < ended' });
    }
  });

export const InstrumentInput = z
  .strictObject({
    kind: z.enum(INSTRUMENT_KINDS),
    number: Text.optional(),
    servedOn: Text,
    issuedOn: Day.optional(),
    issuer: z.strictObject({ name: Text, role: Text.optional() }).optional(),
    purpose: Text,
    offences: z.array(z.looseObject({ statute: Text.optional(), text: Text.optional() })).default([]),
    basis: z.string().default(''),
    /** `OWN-DATA` only: what the account holder states, in their words, and their name. */
    statement: z.strictObject({ holder: Text, text: Text }).optional(),
    items: z.array(ItemInput).min(1, 'at least one item: target, categories and range'),
  })
  .superRefine((paper, context) => {
    const own = paper.kind === 'OWN-DATA';
    if (own && !paper.statement) {
      context.addIssue({
        code: 'custom',
        path: ['statement'],
        message: "needed for OWN-DATA: the holder's name and statement",
      });
    }
    for (const field of ['number', 'issuedOn', 'issuer'] as const) {
      if (!own && paper[field] === undefined)
        context.addIssue({ code: 'custom', path: [field], message: `needed for ${paper.kind}` });
    }
  });

export type Instrument = z.infer<typeof InstrumentInput>;

/** Reads `instrument.json`. Throws `instrument/invalid` naming every field that is wrong. */
export function readInstrument(text: string): Instrument {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Problem(
      'instrument/invalid',
      `The instrument is not JSON: ${(error as Error).message}. Nothing was added.`,
    );
  }
  const parsed = InstrumentInput.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: fieldName(issue.path) || 'the instrument',
    says: issue.message,
  }));
  throw new Problem(
    'instrument/invalid',
    `The instrument was not added. ${fields.map(({ field, says }) => `${field}: ${says}`).join('; ')}.`,
    { fields },
  );
}

export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name ? `${name}.${String(part)}` : String(part)),
    '',
  );
}

/** The scope its items give once approved. Item ids are their places in the paper: `1`, `2`…. */
export function scopeOf(instrument: string, version: number, paper: Instrument): Scope {
  const items: Item[] = paper.items.map((item, index) => ({
    id: String(index + 1),
    target: identifier(item.target.type as IdentifierType, item.target.value)!,
    categories: [...item.categories],
    range: { began: microsFrom(item.began)!, ended: microsFrom(item.ended)! },
  }));
  return { instrument, version, items };
}
