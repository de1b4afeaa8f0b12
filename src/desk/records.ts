/** Reading the in-scope records, and revealing who a masked person is. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { textFrom } from '../base/interval.ts';
import { Problem } from '../base/problem.ts';
import { KIND_COLUMNS, KINDS, type Kind, OWN_COLUMNS } from '../record/record.ts';
import { quoted } from '../store/engine.ts';
import { type OpenRecords, openRecords, RECORD_COLUMNS } from '../store/records.ts';
import type { Value } from '../store/scoped.ts';
import { importsOf } from '../store/segments.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';

const ALWAYS = RECORD_COLUMNS.filter((name) => !(name in KIND_COLUMNS));

export const records = operation({
  words: 'records',
  desk: 'examiner',
  op: 'consultation',
  does: 'Write out the in-scope records of a matter in order of time.',
  example: 'fourcorners records --matter m-1a2b3c4d5e --kind session --format jsonl',
  streams: true,
  input: z.strictObject({
    matter: MatterId,
    kind: z.enum(KINDS).optional().describe('only this kind'),
    format: z
      .enum(['jsonl', 'csv', 'parquet', 'json'])
      .default('jsonl')
      .describe('csv writes cells that a spreadsheet would run with an apostrophe in front'),
  }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    await using open = await openRecords(matter.folder, matter.key, matter.id);
    const where = input.kind ? `where kind = ${quoted(input.kind)}` : '';
    const ordered = `${where} order by began nulls last, file, locator, id`;
    const [total] = await open.engine.rows<{ n: bigint }>(`select count(*) as n from records ${where}`);
    if (input.format === 'parquet') {
      const path = join(open.memoryPath, 'out.parquet');
      await open.engine.run(
        `copy (select ${RECORD_COLUMNS.map((name) => `"${name}"`).join(', ')} from records ${ordered}) to ${quoted(path)} (format parquet)`,
      );
      for await (const chunk of createReadStream(path)) await task.out(chunk as Uint8Array);
    } else {
      const columns = input.format === 'csv' ? await csvColumns(open, input.kind) : RECORD_COLUMNS;
      const rows = open.engine.stream(
        `select ${columns.map((name) => `"${name}"`).join(', ')} from records ${ordered}`,
      );
      await write(rows, input.format, columns, task.out);
    }
    task.tell({ objects: { count: Number(total!.n), digest: sha256(input.kind ?? 'all') } });
    return { records: Number(total!.n) };
  },
});

/** Of one kind, its own columns and every other that holds something, such as the place of a call. */
async function csvColumns({ engine }: OpenRecords, kind: Kind | undefined): Promise<string[]> {
  const all = Object.keys(KIND_COLUMNS);
  if (!kind) return [...ALWAYS, ...all];
  const own: string[] = OWN_COLUMNS[kind];
  const counts = all.map((name) => `count("${name}") as "${name}"`).join(', ');
  const [held] = await engine.rows<Record<string, bigint>>(
    `select ${counts} from records where kind = ${quoted(kind)}`,
  );
  return [...ALWAYS, ...own, ...all.filter((name) => held![name]! > 0n && !own.includes(name))];
}

async function write(
  rows: AsyncIterable<Record<string, Value>[]>,
  format: 'jsonl' | 'csv' | 'json',
  columns: string[],
  out: (text: string) => Promise<void>,
): Promise<void> {
  if (format === 'csv') await out(`${columns.join(',')}\n`);
  if (format === 'json') await out('[');
  let first = true;
  for await (const some of rows) {
    const texts = some.map((row) => (format === 'csv' ? csvLine(row, columns) : JSON.stringify(shown(row))));
    if (format === 'json') await out((first ? '\n' : ',\n') + texts.join(',\n'));
    else await out(`${texts.join('\n')}\n`);
    first = false;
  }
  if (format === 'json') await out('\n]\n');
}

const TIMES = new Set(['began', 'ended', 'paid_began', 'as_of']);

/** One record as JSON: the columns every row has, and those of its kind, unknown ones as null. */
function shown(row: Record<string, Value>): Record<string, unknown> {
  const own = new Set<string>(OWN_COLUMNS[row['kind'] as Kind] ?? []);
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null && name in KIND_COLUMNS && !own.has(name)) continue;
    out[name] = name === 'raw' && value !== null ? JSON.parse(String(value)) : plain(name, value);
  }
  return out;
}

function plain(name: string, value: Value): unknown {
  if (value === null) return null;
  if (TIMES.has(name)) return textFrom(value as bigint);
  return typeof value === 'bigint' ? Number(value) : value;
}

function csvLine(row: Record<string, Value>, columns: string[]): string {
  return columns
    .map((name) => {
      const value = plain(name, row[name] ?? null);
      if (value === null) return '';
      const text = String(value);
      const inert =
        typeof value === 'string' && /^[=+\-@\t\r\n\u0000\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
    })
    .join(',');
}

export const reveal = operation({
  words: 'person reveal',
  desk: 'examiner',
  op: 'consultation',
  does: 'Say who a masked person is. The act and its reason go into the ledger.',
  example: 'fourcorners person reveal --matter m-1a2b3c4d5e --number 7 --reason "named in the second subpoena"',
  input: z.strictObject({
    matter: MatterId,
    number: z.coerce.number().int().min(1).describe('the number in `person 7`'),
    reason: z
      .string()
      .trim()
      .min(10, 'a reason in words, of ten characters or more')
      .describe('why this person must be known'),
  }),
  async run(house, input, task) {
    const matter = house.matter(input.matter);
    const people = (await importsOf(matter.folder, matter.key, matter.id)).flatMap(({ papers }) => papers.people);
    const found = people.find((person) => person.number === input.number);
    if (!found)
      throw new Problem(
        'person/not-found',
        `There is no person ${input.number} in this matter: numbers are those that its records show. Nothing was revealed.`,
        { number: input.number },
      );
    await matter.papers.put(`reveals/${task.act}`, { number: input.number, reason: input.reason, by: house.actor });
    return { person: `person ${input.number}`, type: found.type, value: found.value };
  },
  show: ({ person, type, value }) => `${person}: ${type} ${value}`,
});
