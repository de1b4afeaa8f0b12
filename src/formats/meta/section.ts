/** What a category of a business record is to us: how its rows are told apart and what kind of record each becomes. */
import type { Account } from './account.ts';
import type { Outcome } from './drafts.ts';
import type { Row, RowRule } from './rows.ts';

export type Section = {
  /** Data category of its rows, and of the answer that there are none. */
  category: string;
  /** Labels its rows are known to have, so that one cut by a page break is put together again. */
  labels: string[];
  reads:
    | { rows: RowRule }
    /** Each block is a row of its own. */
    | 'blocks'
    /** Each line of a block is a row of its own; the shape of a whole line tells a list from a cut line. */
    | { lines: RegExp }
    /** Address and time in the order of the service. */
    | 'addresses';
  draft(row: Row, account: Account, notes: Map<string, string>): Outcome;
  /** A note another section leaves, without which the rows of this one are held back until the file ends. */
  needs?: string;
};
