/**
 * A report's folder: each finding against its own digest, the pages against the findings, the tables against the rows, and the
 * report against the ledger, where that lies beside it.
 */
import { type Bytes, digest, type Files, same, text, utf8 } from './bytes.ts';
import { csvRows } from './csv.ts';
import type { Facts, Verdict } from './facts.ts';
import { type Key, leaf, readCheckpoint, rootOver } from './notes.ts';
import { hoursFrom, type Row, timelineFrom } from './recount.ts';

type Finding = {
  question: string;
  statement: string;
  digest: string;
  parameters: Record<string, unknown>;
  inputs: { records: number; bySource: { kind: string; format: string; records: number }[] };
  result: Record<string, unknown>;
  leftOut: { count: number }[];
};

/** Every entry of the ledger, where it was brought: to find the act that wrote this report. */
export type KnownLedger = { entries: readonly Bytes[]; key: Key };

const EXHIBIT = /^exhibits\/(\d+)-([a-z]+)\.json$/;
const LISTED = 'sha256sums.txt';

export const isReport = (files: Files) => files.has('report.html') && files.has('recompute.md');

/** `files` by their path below the report's folder. Gives the tables made anew. */
export async function checkReport(
  files: Files,
  facts: Facts,
  { ledger, key }: { ledger: KnownLedger | null; key: Key | null },
): Promise<Verdict['counted']> {
  const page = (await files.get('report.html')!()) as Bytes;
  const words = plain(text(page) ?? '');
  const steps = text(await files.get('recompute.md')!()) ?? '';
  const named = [...steps.matchAll(/^ {4}([0-9a-f]{64}) {2}([a-z]+)$/gm)].map(([, of, question]) => ({ of: of!, question: question! })); // biome-ignore format: one line
  const list = (await files.get(LISTED)?.()) ?? null;
  if (list === null) facts.fails('report/list-missing', LISTED, 'the list of the files with their digests is missing');
  else await againstList(files, text(list) ?? '', facts);
  const counted: Verdict['counted'] = [];
  const found = new Set<string>();
  for (const path of [...files.keys()].filter((one) => EXHIBIT.test(one)).sort()) {
    try {
      const own = await exhibit(path, { files, words, named, facts, counted });
      if (own) found.add(own);
    } catch {
      // Whatever it is, it has not the shape of a finding.
      facts.fails('report/finding-unreadable', path, 'it is no finding');
    }
  }
  for (const { of, question } of named)
    if (!found.has(of)) facts.fails('report/exhibit-missing', of, `the finding ${question} is named and not here`);
  await againstLedger(list, steps, facts, ledger, key);
  return counted;
}

type Among = {
  files: Files;
  /** What a reader of the page reads, and the findings that the steps name. */
  words: string;
  named: readonly { of: string }[];
  facts: Facts;
  counted: Verdict['counted'];
};

/** The digest of a finding that is what it says; null where it is not. Throws for what is no finding. */
async function exhibit(path: string, { files, words, named, facts, counted }: Among): Promise<string | null> {
  const [, number, question] = EXHIBIT.exec(path)!;
  const finding = JSON.parse(text(await files.get(path)!()) ?? '') as Finding;
  const { digest: _stated, ...rest } = finding;
  const own = await digest('SHA-256', utf8(JSON.stringify(rest)));
  if (own !== finding.digest || question !== finding.question) {
    facts.fails('report/finding-differs', path, 'its digest is another than it states: it was changed');
    return null;
  }
  if (!named.some(({ of }) => of === own) || !words.includes(own))
    facts.fails('report/finding-unnamed', path, 'the report does not name this finding');
  else if (!words.includes(squeezed(finding.statement)))
    facts.fails('report/statement-differs', path, 'the report says something else than the finding');
  else facts.holds('report/finding', path, `${finding.question}: has the digest that the report prints, and its words`);
  const rows = await files.get(`exhibits/${number}-rows.csv`)?.();
  if (rows) recounted(finding, rows, `exhibits/${number}-rows.csv`, facts, counted);
  return own;
}

async function againstList(files: Files, list: string, facts: Facts): Promise<void> {
  const stated = new Map([...list.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)].map(([, sum, name]) => [name!, sum!]));
  let differ = 0;
  const fails = (code: string, place: string, said: string) => {
    differ += 1;
    facts.fails(code, place, said);
  };
  for (const [name, sum] of stated) {
    const read = files.get(name);
    if (!read) fails('report/file-missing', name, 'it is listed and not here');
    else if ((await digest('SHA-256', await read())) !== sum) fails('report/file-differs', name, 'its digest is another than listed'); // biome-ignore format: one line
  }
  for (const name of files.keys()) if (name !== LISTED && !stated.has(name)) fails('report/file-unlisted', name, 'nothing lists it'); // biome-ignore format: one line
  if (differ === 0)
    facts.holds('report/files', LISTED, `${stated.size} files have the digests listed, and none is unlisted`);
}

function recounted(finding: Finding, bytes: Bytes, path: string, facts: Facts, counted: Verdict['counted']): void {
  let rows: Row[];
  try {
    rows = rowsIn(text(bytes) ?? '"');
  } catch (error) {
    facts.fails('report/rows-unreadable', path, `it is no such table: ${(error as Error).message}`);
    return;
  }
  const made = finding.question === 'timeline' ? timelineFrom(finding, rows) : finding.question === 'hours' ? hoursFrom(finding, rows) : null; // biome-ignore format: one line
  if (made === null) return;
  if (typeof made === 'string') {
    facts.notes.push(`${path}: ${made}`);
    return;
  }
  counted.push({ heading: `Exhibit ${/\d+/.exec(path)![0]}, ${finding.question}`, rows: made.table }); // biome-ignore format: one line
  if (made.differs.length > 0) for (const said of made.differs) facts.fails('report/table-differs', path, said);
  else
    facts.holds('report/table', path, `${made.says} are those of the finding, counted here from ${rows.length} rows`);
}

function rowsIn(words: string): Row[] {
  const lines = csvRows(words.replace(/^\ufeff/, ''));
  const header = lines.next().value ?? [];
  const rows: Row[] = [];
  for (const cells of lines) {
    if (cells.length !== header.length) throw new TypeError('a row has another number of cells');
    rows.push(Object.fromEntries(header.map((name: string, at: number) => [name, cells[at]!])));
  }
  return rows;
}

async function againstLedger(
  list: Bytes | null,
  steps: string,
  facts: Facts,
  ledger: KnownLedger | null,
  key: Key | null,
): Promise<void> {
  const lines = steps.split('## Checkpoint of the ledger at the last import')[1]?.split('\n').filter((line) => line.startsWith('    ')).map((line) => line.slice(4)); // biome-ignore format: one line
  const known = ledger?.key ?? key;
  const note = lines ? utf8(`${lines.join('\n').replace(/\n*$/, '')}\n`) : null;
  const head = note && known ? await readCheckpoint(note, known) : null;
  if (note === null) facts.fails('report/checkpoint-missing', 'recompute.md', 'it names no signed head of the ledger');
  else if (typeof head === 'string') facts.fails('report/checkpoint-differs', 'recompute.md', `its checkpoint is not one of this key: ${head}`); // biome-ignore format: one line
  if (ledger && head && typeof head !== 'string') {
    const leaves = await Promise.all(ledger.entries.slice(0, head.size).map((entry) => leaf(entry)));
    if (head.size <= ledger.entries.length && same(await rootOver(leaves), head.root))
      facts.holds('report/checkpoint', 'recompute.md', `the ledger holds the ${head.size} entries on which the report rests`);
    else facts.fails('report/checkpoint-differs', 'recompute.md', 'the ledger brought is not the one on which the report rests'); // biome-ignore format: one line
  } else if (head && typeof head !== 'string') facts.holds('report/checkpoint', 'recompute.md', `signed by ${head.origin}: entry ${head.size}`); // biome-ignore format: one line
  if (!ledger || list === null) return;
  const own = await digest('SHA-256', list);
  const acts = ledger.entries.map((entry) => JSON.parse(text(entry) ?? '{}') as Entry);
  // Any act may name any digest; only the act of writing a report says that a report was written.
  const written = new Set(acts.flatMap(({ id, phase, act }) => (phase === 'intent' && act === 'report' ? [id] : [])));
  const ending = acts.find(({ phase, ref, result, objects }) => phase === 'outcome' && written.has(ref) && result === 'ok' && objects?.digest === own); // biome-ignore format: one line
  if (ending)
    facts.holds('report/in-ledger', LISTED, `written ${ending.recordedAt} by the clock of the ledger that was brought: ${own}`); // biome-ignore format: one line
  else facts.fails('report/not-in-ledger', LISTED, `no report of the ledger that was brought is this one: ${own}`);
}

type Entry = { id?: string; ref?: string; phase?: string; act?: string; result?: string; recordedAt?: string; objects?: { digest?: string } }; // biome-ignore format: one line

/** What a reader of the page reads, without its marks. */
function plain(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
  return squeezed(
    html
      .replace(/<style[\s\S]*?<\/style>/g, ' ')
      .replace(/<[^>]*>/g, '')
      .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole),
  );
}
const squeezed = (words: string) => words.replace(/\s+/g, ' ').trim();
