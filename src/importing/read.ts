/**
 * Reads a whole return and sorts it, row by row: the part of an import that touches what came from outside.
 *
 * Runs in a process of its own without keys and without a way to any disk; all it can do is put finished parts into the
 * memory folder. What it says of itself at the end is an account in which every row is found once.
 */
import { isProblem, Problem } from '../base/problem.ts';
import type { SealedPlace } from '../custody/framed.ts';
import type { Format, Reading, ReturnFile, Stated } from '../formats/format.ts';
import { fileOnDisk, fileSealed, openReturn } from '../formats/reading/open.ts';
import { sampleOf } from '../formats/reading/sample.ts';
import { formats, recognise } from '../formats/register.ts';
import type { Profile } from '../formats/table/profile.ts';
import { fits } from '../formats/table.ts';
import type { ZoneRule } from '../record/stamp.ts';
import type { Scope } from '../scope/scope.ts';
import { openEngine } from '../store/engine.ts';
import { Account, type FileAccount } from './account.ts';
import { admissible } from './admissible.ts';
import { readBulk, suitsBulk } from './bulk.ts';
import { Known } from './known.ts';
import { type ContentKey, contentOf, KeptRows, Lines, type SealedLine, type TakePart } from './parts.ts';
import { type People, type Person, peopleAfter } from './people.ts';
import { sort } from './sort.ts';

export type Job = {
  /** `path` is what is read, `name` what it is called: a package is read where it lies opened, under its own name. */
  files: { path: string; name: string; sealed?: SealedPlace | undefined }[];
  scope: Scope;
  zone?: ZoneRule | undefined;
  profile?: Profile | undefined;
  people: Person[];
  contentKey: ContentKey;
  memoryFolder: string;
  /** Contents and places of the records the matter holds, as Parquet in the memory folder; absent when it holds none. */
  known?: string | undefined;
};

export type ReadOutcome = { files: FileAccount[]; stated: (Stated & { file: string })[]; met: Person[] };

/** `progress` is told how many rows have been seen, now and then. Throws `import/no-format` when a file is nobody's. */
export async function readReturn(job: Job, take: TakePart, progress: (rows: number) => void): Promise<ReadOutcome> {
  await using engine = await openEngine([job.memoryFolder], 512 << 20);
  const people = peopleAfter(job.people);
  const leaves = await openAll(job.files, job.memoryFolder);
  const desk: Desk = {
    job,
    engine,
    people,
    take,
    progress,
    kept: new KeptRows(engine, job.memoryFolder, take),
    sealed: new Lines<SealedLine>('sealed', job.memoryFolder, take),
    references: new Lines('references', job.memoryFolder, take),
    duplicates: new Lines('duplicates', job.memoryFolder, take),
    known: await Known.open(engine, job.known, leaves.length > 1),
    stated: [],
  };
  const files: FileAccount[] = [];
  for (const leaf of leaves) files.push(await readLeaf(desk, leaf, leaves));
  await desk.kept.flush();
  await desk.sealed.flush();
  await desk.references.flush();
  await desk.duplicates.flush();
  return { files, stated: desk.stated, met: people.met() };
}

type Desk = {
  job: Job;
  engine: Awaited<ReturnType<typeof openEngine>>;
  people: People;
  take: TakePart;
  progress: (rows: number) => void;
  kept: KeptRows;
  sealed: Lines<SealedLine>;
  references: Lines<Record<string, unknown>>;
  duplicates: Lines<Record<string, unknown>>;
  known: Known;
  stated: (Stated & { file: string })[];
};

type Leaf =
  | { file: ReturnFile; outer: boolean; refused?: undefined }
  | { name: string; refused: string; outer: boolean };

async function openAll(files: Job['files'], memoryFolder: string): Promise<Leaf[]> {
  const leaves: Leaf[] = [];
  for (const { path, name, sealed } of files) {
    const file = sealed ? fileSealed(sealed, name) : fileOnDisk(path, name);
    for await (const opened of openReturn([file], { memoryDir: memoryFolder })) {
      if ('refused' in opened)
        leaves.push({ name: opened.name, refused: opened.code, outer: !opened.name.includes('!') });
      else leaves.push({ file: opened.file, outer: !opened.file.name.includes('!') });
    }
  }
  return leaves;
}

async function readLeaf(desk: Desk, leaf: Leaf, leaves: Leaf[]): Promise<FileAccount> {
  if (leaf.refused !== undefined) {
    const account = new Account(leaf.name, null);
    account.unreadable('file', leaf.refused);
    return account.done();
  }
  const { file } = leaf;
  const siblings = leaves.flatMap((other) => (other.refused === undefined && other.file !== file ? [other.file] : []));
  const chosen = await chooseFormat(desk.job, file, siblings, leaf.outer);
  const account = new Account(file.name, chosen?.name ?? null);
  if (!chosen) {
    account.unreadable('file', 'no format claims this file');
    return account.done();
  }
  try {
    const bulk = chosen.format.bulk;
    if (bulk && (await suitsBulk(file, bulk, desk.job.scope))) {
      const { engine, take, progress } = desk;
      const { memoryFolder, scope, contentKey } = desk.job;
      const compare = desk.known.compares;
      const placeRow = (reading: Reading) => place(desk, file.name, chosen.name, reading, account);
      await readBulk({
        engine,
        memoryFolder,
        scope,
        file,
        format: chosen.name,
        bulk,
        account,
        take,
        progress,
        compare,
        contentKey,
        zone: desk.job.zone,
        place: placeRow,
      });
    } else {
      const context = { zone: desk.job.zone, profile: desk.job.profile, siblings };
      for await (const reading of chosen.format.read(file, context))
        await place(desk, file.name, chosen.name, reading, account);
    }
  } catch (error) {
    if (!isProblem(error)) throw error;
    account.unreadable('file', error.code);
  }
  return account.done();
}

async function chooseFormat(
  job: Job,
  file: ReturnFile,
  siblings: ReturnFile[],
  outer: boolean,
): Promise<{ name: string; format: Format } | null> {
  const all = await formats();
  if (job.profile && fits(job.profile, await sampleOf(file, siblings)) === null) {
    return { name: 'table', format: all['table']! };
  }
  const claims = await recognise(file, siblings);
  if (claims.length === 1) return { name: claims[0]!.format, format: all[claims[0]!.format]! };
  if (outer || claims.length > 1) throw unclaimed(file.name, claims, job.profile !== undefined);
  return null;
}

function unclaimed(file: string, claims: { format: string }[], withProfile: boolean): Problem {
  if (claims.length > 1) {
    const names = claims.map((claim) => claim.format).join(', ');
    return new Problem(
      'import/several-formats',
      `More than one format claims ${file}: ${names}. Nothing was imported; tell us, with the first lines of the file.`,
      { file, formats: names },
    );
  }
  return new Problem(
    'import/no-format',
    `No format claims ${file}${withProfile ? ' and the profile does not fit its header' : ''}. Nothing was imported. \`fourcorners recognise\` proposes a profile for a table; \`--profile\` reads with one.`,
    { file },
  );
}

async function place(desk: Desk, file: string, format: string, reading: Reading, account: Account): Promise<void> {
  if ('stated' in reading) {
    desk.stated.push({ ...reading.stated, file });
    return;
  }
  if ('reference' in reading) {
    account.reference();
    await desk.references.add({ file, format, locator: reading.locator, row: reading.reference });
    return;
  }
  const sorted = sort(desk.job.scope, admissible(reading), desk.people);
  if (sorted.sealed) await desk.sealed.add({ file, ...sorted.sealed });
  if (sorted.unreadable) account.unreadable(sorted.unreadable.locator, sorted.unreadable.why);
  else if (sorted.kept) {
    const source = { file, format };
    const content = 'record' in reading ? contentOf(reading.record, source, desk.job.contentKey) : '';
    const first = desk.known.first(content, file, sorted.kept.locator);
    if (first) {
      account.duplicate();
      await desk.duplicates.add({ content, file, locator: sorted.kept.locator, first });
    } else {
      account.kept(sorted.kept.draft, sorted.sealed?.reason);
      await desk.kept.add(sorted.kept, source, content);
    }
  } else if (sorted.sealed) account.sealed(sorted.sealed);
  if (account.rows % 10_000 === 0) desk.progress(account.rows);
}
