/** The provider's own data as the desk uses it: declared in `sources/*.json` of the data directory, opened for one act. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { type Source as Declaration, readSource } from '../source/declaration.ts';
import type { Source } from '../source/source.ts';
import type { House } from './house.ts';
import { operation } from './operation.ts';

export type Declared = { file: string; folder: string; declaration: Declaration };

const folderIn = (house: House) => join(house.dir, 'sources');

/** Every declaration, by file name. Throws `source/invalid`. */
export function declaredSources(house: House): Declared[] {
  const folder = folderIn(house);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ file: name, folder, declaration: readSource(readFileSync(join(folder, name), 'utf8'), name) }));
}

/** Loaded when it is wanted: the clients of three engines are. */
async function openOne(declaration: Declaration, folder: string): Promise<Source> {
  const { openSource } = await import('../source/source.ts');
  return await openSource(declaration, { folder });
}

/** Opens all that hold what is wanted; closes those already open when one does not open. */
export async function openSources(house: House, wanted: (declaration: Declaration) => boolean): Promise<Source[]> {
  const opened: Source[] = [];
  try {
    for (const { declaration, folder } of declaredSources(house)) {
      if (wanted(declaration)) opened.push(await openOne(declaration, folder));
    }
    return opened;
  } catch (error) {
    await closeSources(opened);
    throw error;
  }
}

export async function closeSources(sources: readonly Source[]): Promise<void> {
  for (const source of sources) await source[Symbol.asyncDispose]();
}

export const sourceAdd = operation({
  words: 'source add',
  desk: 'provider',
  op: 'governance',
  does: 'Declare a source of your own data: a JSON file that says which table holds what. The data stay where they are.',
  example: 'fourcorners source add --file accounts.json',
  input: z.strictObject({
    file: z.string().min(1).describe('the declaration; for files on this machine its folder is kept beside it'),
  }),
  async run(house, { file }, task) {
    const path = resolve(file);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      throw new Problem('input/no-file', `There is no readable file ${file}. Nothing was declared.`, { path: file });
    }
    const declaration = readSource(text, basename(path));
    const folder = folderIn(house);
    const kept = join(folder, `${declaration.name}.json`);
    if (existsSync(kept)) {
      throw new Problem(
        'source/exists',
        `A source ${declaration.name} is declared already. Nothing was changed; edit ${kept}, or give it another name.`,
        { name: declaration.name },
      );
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Opened where it stands: what does not open is not declared.
    await (await openOne(declaration, dirname(path)))[Symbol.asyncDispose]();
    if (declaration.engine === 'duckdb') linkFolder(dirname(path), folder, declaration.folder);
    copyFileSync(path, kept);
    task.tell({ objects: { count: 1, digest: sha256(text) } });
    return {
      name: declaration.name,
      engine: declaration.engine,
      file: kept,
      tables: declaration.tables.length,
      accounts: declaration.accounts.length,
      leases: declaration.leases.length,
    };
  },
  show: ({ name, engine, tables, accounts, leases }) =>
    `${name} (${engine}) is declared: ${tables} tables of records, ${accounts} of accounts, ${leases} of leases.`,
});

/** The files stay where they are; the data directory points at their folder. */
function linkFolder(from: string, to: string, folder: string): void {
  const place = join(to, folder);
  if (existsSync(place)) return;
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
  symlinkSync(resolve(from, folder), place);
}

export const sourceList = operation({
  words: 'source list',
  desk: 'provider',
  op: 'consultation',
  does: 'List the declared sources, what each holds, and whether it opens.',
  example: 'fourcorners source list',
  input: z.strictObject({}),
  async run(house) {
    const sources = [];
    for (const { declaration, folder, file } of declaredSources(house)) {
      const { name, engine, tables, accounts, leases } = declaration;
      let problem: string | null = null;
      try {
        await (await openOne(declaration, folder))[Symbol.asyncDispose]();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        problem = `${error.code}: ${error.message}`;
      }
      sources.push({
        name,
        engine,
        file,
        tables: tables.map(({ kind, category, table, files }) => ({ kind, category, of: table ?? files ?? '' })),
        accounts: accounts.length,
        leases: leases.length,
        problem,
      });
    }
    return { sources };
  },
  show: ({ sources }) =>
    sources
      .map(({ name, engine, tables, accounts, leases, problem }) =>
        [
          `${name}  ${engine}  ${accounts} tables of accounts, ${leases} of leases${problem ? `  ${problem}` : ''}`,
          ...tables.map(({ kind, category, of }) => `  ${category} ${kind} from ${of}`),
        ].join('\n'),
      )
      .join('\n') || 'No source is declared: `fourcorners source add` declares one.',
});
