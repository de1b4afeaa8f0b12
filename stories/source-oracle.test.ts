/**
 * What is gathered, held to an independent oracle: random tables and random scopes, row by row, item by item and count by
 * count. Tables take turns in the kinds of source, and some stand in all of them.
 *
 * `SOURCE_ORACLE_SCOPES` sets how many scopes, `SOURCE_ORACLE_SEED` where chance starts; `SOURCE_ORACLE_EVERYWHERE` holds
 * every scope in every kind of source, which takes about three times as long.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentifierType, identifier } from '../src/record/identifier.ts';
import type { Item, Scope } from '../src/scope/scope.ts';
import { readSource } from '../src/source/declaration.ts';
import { openSource, type Source } from '../src/source/source.ts';
import { type Kept, openPlace, type Place } from './servers/tables.ts';
import { expectedOf } from './source-oracle.ts';
import { Chance, type RandomTable, randomScope, randomTable } from './source-random.ts';

const SCOPES = Number(process.env['SOURCE_ORACLE_SCOPES'] ?? 10_000);
const SCOPES_A_TABLE = 50;
const SEED = Number(process.env['SOURCE_ORACLE_SEED'] ?? 20_261_125);

type Got = { produced: string[]; counts: Record<string, number> };

async function gathered(source: Source, scope: Scope, made: RandomTable): Promise<Got> {
  const produced: string[] = [];
  const rows = source.gather(scope);
  for (;;) {
    const next = await rows.next();
    if (next.done) return { produced: produced.sort(), counts: countsIn(next.value) };
    for (const { item, draft, locator } of next.value) {
      produced.push(`${item} ${/ id=(\d+)$/.exec(locator)![1]}`);
      for (const part of made.oracle.parts) {
        const kept = (draft.parts ?? []).some(({ category }) => category === part.category);
        const shown = part.columns.some((column) => column in draft.raw && draft.raw[column] !== '');
        assert.equal(shown, kept, 'a part is in the record exactly when it is said to be');
      }
    }
  }
}

function countsIn(counts: Awaited<ReturnType<Source['count']>>): Record<string, number> {
  return Object.fromEntries(
    counts.flatMap(({ item, withheld, parts }) => [
      ...Object.entries(withheld).map(([reason, rows]) => [`${item}: ${reason}`, rows] as const),
      ...Object.entries(parts).map(([category, rows]) => [`${item} part ${category}`, rows] as const),
    ]),
  );
}

async function hold(place: Place, where: Kept, made: RandomTable, scopes: Scope[], label: string): Promise<number> {
  await place.keep(made.kept, where);
  await using source = await openSource(readSource(place.declare(where, made.declared), label), {
    folder: place.folder,
  });
  let produced = 0;
  for (const [index, scope] of scopes.entries()) {
    const expected = expectedOf(scope, made.oracle, made.rows);
    const got = await gathered(source, scope, made);
    produced += got.produced.length;
    const said = () =>
      JSON.stringify({ label, where, index, declared: made.declared, scope }, (_, value) =>
        typeof value === 'bigint' ? String(value) : value,
      );
    assert.deepEqual(got, expected, said());
    if (index % 20 > 0) continue;
    const counted = await source.count(scope);
    assert.deepEqual(countsIn(counted), expected.counts, said());
    assert.equal(
      counted.reduce((sum, one) => sum + one.produced, 0),
      got.produced.length,
    );
  }
  return produced;
}

/** The quicker a kind of source, the more of its turns. */
const TURNS: Kept[] = [
  'postgresql', 'clickhouse', 'postgresql', 'parquet', 'postgresql', 'postgresql', 'clickhouse', 'postgresql', 'csv', 'postgresql',
]; // biome-ignore format: one round

function kindsFor(table: number): Kept[] {
  const everywhere = process.env['SOURCE_ORACLE_EVERYWHERE'] !== undefined;
  if (table % 40 > 0 && !everywhere) return [TURNS[table % TURNS.length]!];
  return ['postgresql', 'clickhouse', (everywhere ? table : table / 40) % 2 === 0 ? 'csv' : 'parquet'];
}

test(`an independent oracle agrees on ${SCOPES} random scopes in the three kinds of source (seed ${SEED})`, async (context) => {
  await using place = await openPlace();
  const tables = Math.ceil(SCOPES / SCOPES_A_TABLE);
  const held = new Map<Kept, { scopes: number; rows: number }>();
  const one = async (index: number) => {
    const chance = new Chance(SEED + index);
    const made = randomTable(chance, `t${index}`);
    const scopes = Array.from({ length: SCOPES_A_TABLE }, () => randomScope(chance, made, who));
    for (const where of kindsFor(index)) {
      const rows = await hold(place, where, made, scopes, `seed ${SEED + index}`);
      const before = held.get(where) ?? { scopes: 0, rows: 0 };
      held.set(where, { scopes: before.scopes + scopes.length, rows: before.rows + rows });
    }
  };
  let next = 0;
  const lane = async () => {
    while (next < tables) {
      await one(next++).catch((error) => {
        next = tables;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled([lane(), lane(), lane()]);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  for (const [where, { scopes, rows }] of held) {
    context.diagnostic(`${where}: ${scopes} scopes, ${rows} rows produced`);
    assert.ok(rows > scopes / 4, 'the scopes reach rows');
  }
  assert.equal(held.size, 4);
});

const who = (type: IdentifierType, text: string): Item['target'] => identifier(type, text)!;
