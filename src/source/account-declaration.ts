/** Which identifier belonged to which account, and from when to when, as a provider keeps it. */
import { z } from 'zod';
import { IDENTIFIER_TYPES } from '../record/identifier.ts';
import { IdentifierColumn, Whereabouts } from './table-declaration.ts';
import { ColumnName, TimeType } from './time-declaration.ts';

export const Accounts = z
  .strictObject({
    ...Whereabouts,
    /** Columns each of which alone finds the row. */
    identifiers: z.array(IdentifierColumn).min(1, 'at least one column by which an account is found'),
    account: z.strictObject({ column: ColumnName, type: z.enum(IDENTIFIER_TYPES).default('account-id') }),
    /** When the identifier became the account's, and when it ceased to be; empty: always, and still. */
    from: ColumnName.optional(),
    to: ColumnName.optional(),
    type: TimeType.optional(),
  })
  .refine(({ from, to, type }) => (from ?? to) === undefined || type !== undefined, {
    path: ['type'],
    message: 'needed with from and to: what these columns hold',
  });
export type Accounts = z.infer<typeof Accounts>;
