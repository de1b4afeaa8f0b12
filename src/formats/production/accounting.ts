/**
 * `data/accounting.json` of a production: what was found for each item, how much of it was handed over, and why the rest
 * was not. It counts rows; whether the counts are those of the files is checked where a package is verified.
 */

export type AccountingLine = {
  item: string;
  category: string;
  /** The account searched, in the form that is compared, and what sort of identifier it is. */
  account: string;
  accountType?: string | undefined;
  /** The window that was searched, in UTC. */
  began?: string | undefined;
  ended?: string | undefined;
  /** `found = produced +` the sum of `withheld`. */
  found: number;
  produced: number;
  /** Rows by reason. */
  withheld: Record<string, number>;
  /** Where the produced rows stand: `data/records/session.csv`. Their sum is `produced`. */
  files: { path: string; rows: number }[];
};

export type Accounting = {
  items: AccountingLine[];
  /** Every row withheld, by reason; rows that no item came near are here only. */
  withheld: Record<string, number>;
  produced: number;
  zone: 'UTC';
  madeAt?: string | undefined;
};

/** The accounting, or what is wrong with it. Fields not known here are passed over. */
export function readAccounting(bytes: Uint8Array): Accounting | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'it is not JSON';
  }
  if (!isPlain(value)) return 'it is no object';
  const { items, withheld, produced, zone, madeAt } = value;
  if (zone !== 'UTC') return 'its zone is not UTC';
  if (!isCount(produced)) return 'produced is no number of rows';
  if (!isCounts(withheld)) return 'withheld is not a number of rows by reason';
  if (!isTextOrNone(madeAt)) return 'madeAt is no text';
  if (!Array.isArray(items)) return 'items is no list';
  const wrong = items.findIndex((item) => !isLine(item));
  if (wrong >= 0) return `items[${wrong}] is not of its shape`;
  return { items: items as AccountingLine[], withheld, produced, zone, madeAt };
}

function isLine(value: unknown): value is AccountingLine {
  if (!isPlain(value)) return false;
  const { item, category, account, accountType, began, ended, found, produced, withheld, files } = value;
  return (
    [item, category, account].every((one) => typeof one === 'string') &&
    [accountType, began, ended].every(isTextOrNone) &&
    isCount(found) &&
    isCount(produced) &&
    isCounts(withheld) &&
    Array.isArray(files) &&
    files.every((file) => isPlain(file) && typeof file['path'] === 'string' && isCount(file['rows']))
  );
}

function isCounts(value: unknown): value is Record<string, number> {
  return isPlain(value) && Object.values(value).every(isCount);
}

const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
