/** Looking at the records of a matter: all of them as columns, some as rows, one as it was stored; and selections kept. */
import { z } from 'zod';
import { digestOf } from '../base/canonical.ts';
import { textFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import type { Receipt } from '../importing/receipt.ts';
import { keptPlace } from '../store/kept-order.ts';
import { keptOrder, type Ordered, orderedIn, ROW_COLUMNS, recordAt, rowsAt } from '../store/ordered.ts';
import type { Value } from '../store/scoped.ts';
import { importsOf } from '../store/segments.ts';
import { type House, type Matter, now } from './house.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';
import { openMatter } from './question.ts';

const Place = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31);

export const exploreColumns = operation({
  words: 'explore columns',
  desk: 'examiner',
  op: 'consultation',
  does: 'Write the in-scope records of a matter as columns of numbers, in order of time, for views of all of them.',
  example: 'fourcorners explore columns --matter m-1a2b3c4d5e > columns.bin',
  streams: true,
  input: z.strictObject({ matter: MatterId }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    const kept = house.shelf && !house.shelf.holds(matter.id) ? await keptFor(matter) : null;
    const { header, bytes } = kept?.ordered ?? (await orderOf(house, matter));
    // The rows are wanted next; they are opened while the columns are sent and the page draws.
    if (kept) makeReady(house, matter, kept);
    for (let at = 0; at < bytes.length; at += 1 << 20) await task.out(bytes.subarray(at, at + (1 << 20)));
    task.tell({ objects: { count: header.count, digest: digestOf(header.columns) } });
    return { records: header.count };
  },
});

export const exploreRows = operation({
  words: 'explore rows',
  desk: 'examiner',
  op: 'consultation',
  does: 'Read records by their places in order of time: a page of a table.',
  example: 'fourcorners explore rows --matter m-1a2b3c4d5e --places 0 1 2',
  input: z.strictObject({
    matter: MatterId,
    places: z.array(Place).min(1).max(500).describe('places in order of time, from 0'),
  }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    await using records = await openMatter(matter, house.shelf);
    const rows = await rowsAt(records, await orderedIn(records, orderPlace(matter, records.imports)), input.places);
    task.tell({ objects: { count: rows.length, digest: digestOf(rows.map(({ id }) => id)) } });
    return { columns: ROW_COLUMNS, rows: rows.map((row) => ({ at: Number(row['place']), texts: texts(row) })) };
  },
});

export const exploreRecord = operation({
  words: 'explore record',
  desk: 'examiner',
  op: 'consultation',
  does: 'Show one record as it was stored: every column, the source’s own fields, and its place in the original.',
  example: 'fourcorners explore record --matter m-1a2b3c4d5e --place 0',
  input: z.strictObject({ matter: MatterId, place: Place }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    await using records = await openMatter(matter, house.shelf);
    const ordered = await orderedIn(records, orderPlace(matter, records.imports));
    const { count } = ordered.header;
    const row = input.place < count ? await recordAt(records, ordered, input.place) : null;
    if (!row)
      throw new Problem('explore/no-such-record', `There is no record at place ${input.place}; there are ${count}.`, {
        count,
      });
    const imports = await importsOf<Receipt>(matter.folder, matter.key, matter.id);
    const receipt = imports.find(({ papers }) => papers.receipt.return === row['return'])?.papers.receipt;
    task.tell({ objects: { count: 1, digest: digestOf([row['id']]) } });
    const raw = row['raw'] === null ? {} : (JSON.parse(String(row['raw'])) as Record<string, string>);
    const { raw: _raw, content: _content, ...columns } = texts(row);
    return {
      place: input.place,
      columns: Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== '')),
      raw,
      original: receipt && {
        files: receipt.originals,
        importedAt: receipt.importedAt,
        instrument: receipt.instrument,
        format: receipt.format,
      },
    };
  },
});

/** Where the order of these imports is kept. */
function orderPlace({ id, folder, key }: Matter, imports: readonly { folder: string }[]) {
  return keptPlace({ folder, key, matter: id, folders: imports.map((one) => one.folder) });
}

/** The order as it was kept for the imports that there are now, and where; null where none is kept. */
async function keptFor(matter: Matter): Promise<KeptFor | null> {
  const { path, ...place } = orderPlace(matter, await importsOf(matter.folder, matter.key, matter.id));
  const ordered = await keptOrder({ path, ...place });
  return ordered && { path, ordered };
}
type KeptFor = { path: string; ordered: Ordered };

async function orderOf(house: House, matter: Matter, kept?: KeptFor) {
  await using records = await openMatter(matter, house.shelf);
  const place = orderPlace(matter, records.imports);
  return await orderedIn(records, place, kept?.path === place.path ? kept.ordered : undefined);
}

/** A large matter is put in order before anyone waits for it: where a house is held open meanwhile, else at once. */
export async function putInOrder(house: House, matter: Matter): Promise<void> {
  if (house.shelf) return makeReady(house, matter);
  // Whoever looks next makes it, and is told what is wrong.
  await orderOf(house, matter).catch(() => {});
}

/** Where a house is held open, a large matter is opened and put in order while its people do something else. */
export function makeReady(house: House, matter: Matter, kept?: KeptFor): void {
  // Whoever looks next opens it, and is told what is wrong.
  if (house.shelf) void orderOf(house, matter, kept).catch(() => {});
}

const Selection = z.string().min(2).max(20_000).describe('the selection as JSON, as a link to the page holds it');

export const selectionSave = operation({
  words: 'selection save',
  desk: 'examiner',
  op: 'alteration',
  does: 'Keep a selection under a name, for colleagues in the matter.',
  example: 'fourcorners selection save --matter m-1a2b3c4d5e --name "evenings in March" --selection "{}"',
  input: z.strictObject({ matter: MatterId, name: z.string().trim().min(1).max(200), selection: Selection }),
  async run(house, { matter: id, name, selection }) {
    const { papers } = house.matter(id);
    const number = String(papers.list('selections').length + 1).padStart(6, '0');
    await papers.put(`selections/${number}`, { number, name, selection, by: house.actor.name, at: now() });
    return { number, name };
  },
  show: ({ name }) => `Kept: ${name}`,
});

export const selectionList = operation({
  words: 'selection list',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the selections kept in a matter.',
  example: 'fourcorners selection list --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input) {
    const { papers } = house.matter(input.matter);
    const selections = await Promise.all(
      papers
        .list('selections')
        .map((name) =>
          papers.get<{ number: string; name: string; selection: string; by: string; at: string }>(`selections/${name}`),
        ),
    );
    return { selections };
  },
  show: ({ selections }) => selections.map(({ name, by }) => `${name} (${by})`).join('\n') || 'None kept.',
});

const TIMES = new Set(['began', 'ended', 'paid_began', 'as_of']);

function texts(row: Record<string, Value>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null ? '' : TIMES.has(name) ? textFrom(value as bigint) : String(value),
    ]),
  );
}
