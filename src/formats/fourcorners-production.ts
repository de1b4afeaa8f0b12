/**
 * Records as a provider that works with this program hands them over: the opened zip of a production, a CSV for each kind.
 *
 * Reads the rows and what the accounting states. Whether the package is what its sender signed is checked before it is
 * imported, by `src/package/verify.ts`; here nothing is taken on trust but the columns.
 */
import { microsFrom } from '../base/interval.ts';
import { IDENTIFIER_TYPES, identifier } from '../record/identifier.ts';
import { producedHeader, readProduced } from '../record/produced.ts';
import { KINDS, type Kind } from '../record/record.ts';
import { format, type Reading, type ReturnFile, type Stated } from './format.ts';
import { type AccountingLine, readAccounting } from './production/accounting.ts';
import { readCsv } from './reading/csv.ts';

const LIMIT_BYTES = 64 * 1024 * 1024;
const HEAD_BYTES = 4096;
const NOTE = 'production.note';

export default format({
  title: 'Production of a provider’s Fourcorners desk (the opened package)',
  support: 'documented',
  sources: ['This project’s own layout, docs/package.md'],
  limits:
    'A row is what the provider’s system kept and its reviewer released; what was withheld is only counted. The Parquet ' +
    'files are said to hold the same rows and are not read. The signature is not checked here.',
  kinds: [...KINDS],
  recognise({ name, text, siblings }) {
    const kind = kindOf(text);
    if (kind !== null) return `columns of a produced ${kind}`;
    const root = rootOf(name, siblings);
    return root === null ? null : 'a file of a production, beside its signed note';
  },
  async *read(file): AsyncIterable<Reading> {
    const kind = kindOf(await headOf(file));
    if (kind !== null) yield* rowsOf(file, kind);
    else if (/(^|\/)data\/records\/[^/]+\.csv$/.test(file.name)) {
      yield { unreadable: 'no header row with the columns of this format', locator: 'file' };
    } else if (/(^|\/)data\/accounting\.json$/.test(file.name)) yield* statedIn(file);
  },
});

/** The kind whose columns the first line names, in their order. */
function kindOf(text: string): Kind | null {
  const line = text.slice(0, HEAD_BYTES).split(/\r?\n/, 1)[0];
  return KINDS.find((kind) => producedHeader(kind).join(',') === line) ?? null;
}

/** The folder of the production that holds the file, as names have it; null when there is none. */
function rootOf(name: string, siblings: readonly string[]): string | null {
  const all = [name, ...siblings];
  const roots = all.filter((one) => one.endsWith(`/${NOTE}`)).map((one) => one.slice(0, -NOTE.length));
  return roots.find((root) => name.startsWith(root) && all.includes(`${root}bagit.txt`)) ?? null;
}

async function headOf(file: ReturnFile): Promise<string> {
  let head = '';
  for await (const chunk of file.stream()) {
    head += Buffer.from(chunk.subarray(0, HEAD_BYTES)).toString('utf8');
    if (head.length >= HEAD_BYTES) break;
  }
  return head;
}

async function* rowsOf(file: ReturnFile, kind: Kind): AsyncGenerator<Reading> {
  for await (const row of readCsv(file, { delimiter: ',' })) {
    const locator = `row ${row.number}`;
    if ('unreadable' in row) yield { unreadable: row.unreadable, locator, raw: row.text };
    else if (row.number > 1) {
      const read = readProduced(kind, row.fields);
      if (typeof read === 'string') yield { unreadable: read, locator, raw: row.fields.join(',') };
      else yield { record: read.draft, locator };
    }
  }
}

async function* statedIn(file: ReturnFile): AsyncGenerator<Reading> {
  const accounting = readAccounting(await file.bytes(LIMIT_BYTES));
  if (typeof accounting === 'string') {
    yield { unreadable: `the accounting: ${accounting}`, locator: 'file' };
    return;
  }
  const { items, produced, withheld, madeAt } = accounting;
  const began = items.map((item) => instant(item.began));
  const ended = items.map((item) => instant(item.ended));
  const stated: Stated = {
    targets: targetsIn(items),
    began: began.includes(null) ? null : least(began as bigint[]),
    ended: ended.includes(null) ? null : most(ended as bigint[]),
    generated: instant(madeAt),
    fields: {
      produced: String(produced),
      ...Object.fromEntries(Object.entries(withheld).map(([reason, rows]) => [`withheld: ${reason}`, String(rows)])),
    },
  };
  yield { stated };
}

const instant = (text: string | undefined) => (text === undefined ? null : microsFrom(text));
const least = (times: bigint[]) => times.reduce<bigint | null>((a, b) => (a === null || b < a ? b : a), null);
const most = (times: bigint[]) => times.reduce<bigint | null>((a, b) => (a === null || b > a ? b : a), null);

/** Each account once. One whose type is not said, or not known, is no target. */
function targetsIn(items: readonly AccountingLine[]): Stated['targets'] {
  const found = new Map<string, Stated['targets'][number]>();
  for (const { account, accountType } of items) {
    const type = IDENTIFIER_TYPES.find((one) => one === accountType);
    const target = type === undefined ? null : identifier(type, account);
    if (target !== null) found.set(`${target.type} ${target.value}`, target);
  }
  return [...found.values()];
}
