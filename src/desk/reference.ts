/** Reference data of a matter: operators' answers about addresses, cell-site lists, address databases. Nothing about people. */
import { createReadStream, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { AddressDatabase, ReferenceTable } from '../analysis/known-places.ts';
import type { KnownPlaces } from '../analysis/places.ts';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { decryptFile, encrypt, syncFolder, writeDurably } from '../custody/frames.ts';
import { fileOnDisk } from '../formats/reading/open.ts';
import { formats, recognise } from '../formats/register.ts';
import { importsOf, partContext } from '../store/segments.ts';
import { bytesGiven } from './given.ts';
import { type Matter, now } from './house.ts';
import { MatterId } from './matter.ts';
import { operation } from './operation.ts';

type Kept = { name: string; digest: string; addedBy: string; addedAt: string } & (
  | { kind: 'addresses' | 'cell-sites'; rows: Record<string, string>[]; unreadable: number }
  | { kind: 'database'; file: string }
);

const MMDB_MARK = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');

export const referenceAdd = operation({
  words: 'reference add',
  desk: 'examiner',
  op: 'collection',
  does: 'Add reference data: an operator’s answer about addresses, a cell-site list, or an address database (MMDB).',
  example: 'fourcorners reference add --matter m-1a2b3c4d5e addresses.csv cell-sites.csv',
  positional: ['files...'],
  input: z.strictObject({
    matter: MatterId,
    files: z.array(z.string().min(1)).min(1, 'at least one file').describe('the files, recognised by content'),
  }),
  async run(house, input) {
    const matter = house.matter(input.matter);
    const added = [];
    for (const path of input.files) added.push(await add(matter, path, house.actor.name));
    return { references: added };
  },
  show: ({ references }) =>
    references
      .map(
        (one) =>
          `${one.name}: ${one.kind}, ${one.rows} rows${one.unreadable ? `, ${one.unreadable} not readable` : ''}${one.already ? ' (was here already)' : ''}`,
      )
      .join('\n'),
});

export const referenceList = operation({
  words: 'reference list',
  desk: 'examiner',
  op: 'consultation',
  does: 'List the reference data of a matter with their digests.',
  example: 'fourcorners reference list --matter m-1a2b3c4d5e',
  input: z.strictObject({ matter: MatterId }),
  async run(house, input) {
    const kept = await keptIn(house.matter(input.matter));
    return {
      references: kept.map(({ name, kind, digest, addedBy, addedAt }) => ({ name, kind, digest, addedBy, addedAt })),
    };
  },
  show: ({ references }) =>
    references.map((one) => `${one.name}  ${one.kind}  ${one.digest}`).join('\n') ||
    'No reference data yet: `fourcorners reference add` adds some.',
});

async function add(matter: Matter, path: string, by: string) {
  const bytes = bytesGiven(path, 'Nothing was added.');
  const digest = sha256(bytes);
  const papers = { name: basename(path), digest, addedBy: by, addedAt: now() };
  const already = matter.papers.has(`references/${digest}`);
  if (bytes.includes(MMDB_MARK)) {
    if (!already) {
      const file = `${digest}.mmdb`;
      mkdirSync(join(matter.folder, 'references'), { recursive: true, mode: 0o700 });
      await writeDurably(
        join(matter.folder, 'references', file),
        encrypt(matter.key, `${matter.id}/references/${file}`, createReadStream(path)),
      );
      await syncFolder(join(matter.folder, 'references'));
      await matter.papers.put(`references/${digest}`, { ...papers, kind: 'database', file } satisfies Kept);
    }
    return { name: papers.name, kind: 'database' as const, digest, rows: 0, unreadable: 0, already };
  }
  const table = await readTable(path);
  if (!already) await matter.papers.put(`references/${digest}`, { ...papers, ...table } satisfies Kept);
  return {
    name: papers.name,
    kind: table.kind,
    digest,
    rows: table.rows.length,
    unreadable: table.unreadable,
    already,
  };
}

async function readTable(
  path: string,
): Promise<{ kind: 'addresses' | 'cell-sites'; rows: Record<string, string>[]; unreadable: number }> {
  const file = fileOnDisk(path);
  const all = await formats();
  const claims = (await recognise(file, [])).filter(({ format }) => all[format]!.reference);
  if (claims.length !== 1) {
    throw new Problem(
      'reference/not-recognised',
      `${basename(path)} is no address overlay, cell-site list or MMDB database. Nothing was added; \`fourcorners formats\` says which columns are read.`,
      { path },
    );
  }
  const format = all[claims[0]!.format]!;
  const rows: Record<string, string>[] = [];
  let unreadable = 0;
  for await (const reading of format.read(file, { siblings: [] })) {
    if ('reference' in reading) rows.push(reading.reference);
    else if ('unreadable' in reading) unreadable++;
  }
  return { kind: format.reference!, rows, unreadable };
}

async function keptIn(matter: Matter): Promise<Kept[]> {
  return Promise.all(matter.papers.list('references').map((name) => matter.papers.get<Kept>(`references/${name}`)));
}

/** Reference data that was added: tables with their rows, databases by name and digest. */
export async function referencesOf(matter: Matter) {
  return (await keptIn(matter)).map((kept) => {
    const { name, kind, digest, addedBy, addedAt } = kept;
    return { name, kind, digest, addedBy, addedAt, rows: kept.kind === 'database' ? null : kept.rows };
  });
}

/** All reference data of a matter, those that came inside returns included, ready to be looked up. */
export async function placesOf(matter: Matter): Promise<KnownPlaces> {
  const tables: ReferenceTable[] = [];
  const databases: AddressDatabase[] = [];
  for (const kept of await keptIn(matter)) {
    if (kept.kind !== 'database') tables.push(kept);
    else
      databases.push({
        name: kept.name,
        digest: kept.digest,
        bytes: await whole(
          decryptFile(join(matter.folder, 'references', kept.file), matter.key, `${matter.id}/references/${kept.file}`),
        ),
      });
  }
  for (const { folder, papers } of await importsOf(matter.folder, matter.key, matter.id)) {
    for (const part of papers.parts.filter(({ role }) => role === 'references')) {
      const bytes = await whole(
        decryptFile(
          join(matter.folder, 'returns', folder, part.name),
          matter.key,
          partContext(matter.id, folder, part.name),
        ),
      );
      tables.push(...tablesIn(bytes.toString('utf8'), await formats()));
    }
  }
  const { knownPlaces } = await import('../analysis/known-places.ts');
  return knownPlaces(tables, databases);
}

function tablesIn(lines: string, all: Awaited<ReturnType<typeof formats>>): ReferenceTable[] {
  const byFile = new Map<string, ReferenceTable>();
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const { file, format, row } = JSON.parse(line) as { file: string; format: string; row: Record<string, string> };
    const table = byFile.get(file) ?? { kind: all[format]!.reference!, name: file, digest: '', rows: [] };
    table.rows.push(row);
    byFile.set(file, table);
  }
  return [...byFile.values()].map((table) => ({ ...table, digest: sha256(JSON.stringify(table.rows)) }));
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}
