/** Keeps the floors of the house: a room uses its own files and rooms on floors below it, and nothing else. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

/** From the ground up. Rooms on one floor do not know each other. */
const FLOORS = [
  ['base'],
  ['record', 'ledger', 'custody', 'calendar', 'document'],
  ['scope'],
  ['instrument', 'store'],
  ['formats', 'analysis', 'source', 'request', 'entry'],
  ['package', 'importing', 'report', 'sample'],
  ['production', 'attribution', 'transparency'],
  ['desk'],
  ['http'],
  ['cli'],
];

const SRC = import.meta.dirname;
const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));

/** Plain libraries that a room may use; `base` and `ledger` use none, so a ledger is checked with two folders and Node. */
const BARE_ROOMS = ['base', 'ledger'];

type Import = { file: string; room: string; to: string; type: boolean };

function importsIn(folder: string): Import[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'utf8');
      const room = relative(SRC, path).split('/')[0]!;
      return [...text.matchAll(/^(?:import|export)\b([^'";]*?)from\s+'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
        (found) => ({
          file: relative(SRC, path),
          room,
          to: (found[2] ?? found[3])!,
          type: /^\s*type\b/.test(found[1] ?? ''),
        }),
      );
    });
}

const IMPORTS = importsIn(SRC).filter(({ room }) => !room.endsWith('.ts'));

test('every room stands on a floor', () => {
  const rooms = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(
    rooms.map((room) => room.name).filter((room) => floorOf(room) < 0),
    [],
  );
});

test('a room uses only its own files and rooms on floors below', () => {
  const wrong = IMPORTS.filter(({ to }) => to.startsWith('.')).filter(({ file, room, to }) => {
    const target = relative(SRC, resolve(SRC, dirname(file), to)).split('/')[0]!;
    const isTest = file.endsWith('.test.ts') || file.includes('/simulation/');
    if (target === room) return false;
    return isTest ? floorOf(target) < 0 : floorOf(target) >= floorOf(room);
  });
  assert.deepEqual(
    wrong.map(({ file, to }) => `${file} uses ${to}`),
    [],
  );
});

test('base and ledger use nothing but Node', () => {
  const wrong = IMPORTS.filter(
    ({ file, room, to }) =>
      BARE_ROOMS.includes(room) && !file.endsWith('.test.ts') && !to.startsWith('.') && !to.startsWith('node:'),
  );
  assert.deepEqual(
    wrong.map(({ file, to }) => `${file} uses ${to}`),
    [],
  );
});

test('imports are plain and relative, with their ending', () => {
  const wrong = IMPORTS.filter(({ to }) => to.startsWith('.') && !/\.(ts|json)$/.test(to));
  assert.deepEqual(
    wrong.map(({ file, to }) => `${file} uses ${to}`),
    [],
  );
});

test('no clock, chance or locale in what must give the same bytes for the same inputs', () => {
  const rooms = ['analysis', 'report', 'scope', 'record', 'sample', 'calendar', 'document', 'request', 'production', 'transparency']; // biome-ignore format: a list
  const wrong = rooms.flatMap((room) =>
    readdirSync(join(SRC, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) =>
        /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\.toLocaleString\(\)|localeCompare\(/.test(
          readFileSync(path, 'utf8'),
        ),
      )
      .map((path) => relative(SRC, path)),
  );
  assert.deepEqual(wrong, []);
});
