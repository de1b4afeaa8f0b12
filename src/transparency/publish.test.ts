/** What is published is read here as a stranger reads it: as text, with nothing but the sums to go by. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { order, POLICY } from '../instrument/rules/example.ts';
import { COUNTS, OUTCOMES } from './definitions.ts';
import { dealtWith, letter, type Step } from './example.ts';
import { addFacts, type Kept, noFacts } from './facts.ts';
import { type Figures, figuresOf, type Row } from './figures.ts';
import { docketIn, inventedDocket } from './invented.ts';
import { lifelikeDocket } from './lifelike.ts';
import { readPeriod } from './period.ts';
import { type Published, type PublishedTable, published, WITHHELD } from './publish.ts';

const PERIOD = readPeriod('2026-H2');
const SMALL = 5;
const SEED = 5;

async function reported(docket: Kept[], small = SMALL): Promise<{ figures: Figures; shown: Published }> {
  const facts = noFacts();
  for (const kept of docket) addFacts(facts, kept, POLICY);
  const figures = await figuresOf(facts, PERIOD, 500);
  return { figures, shown: published(figures, PERIOD, small, true) };
}

const many = (count: number, service: string, from = 0, ...steps: Step[]): Kept[] =>
  Array.from({ length: count }, (_, index) => dealtWith(`r-${service}-${from + index}`, order({ service }), ...steps));

const column = ({ columns, rows }: PublishedTable, name: string) => rows.map((row) => row[columns.indexOf(name)]!);

test('a count from 1 to 4 is shown as <5, nought as nought, and 5 as 5', async () => {
  for (const [count, text] of [[1, '<5'], [4, '<5'], [5, '5']] as const) {
    const { shown } = await reported(many(count, 'Example Social'));
    assert.deepEqual(column(shown.totals, 'requests_received'), [text, text]);
    assert.deepEqual(column(shown.totals, 'requests_rejected'), ['0', '0']);
  } // biome-ignore format: a table
});

test('a small count is not the rest of a total: its neighbour or the total is withheld', async () => {
  const { shown } = await reported([...many(12, 'Example Social'), ...many(3, 'Example Messenger')]);
  const rows = column(shown.rows, 'requests_received').filter((cell) => cell !== '0–499');
  assert.deepEqual(rows.sort(), ['*', '<5']);
});

test('what is small within a row is not the rest of the outcomes either', async () => {
  const docket = [
    ...many(20, 'Example Social', 0, [1, letter('no responsive records')]),
    ...many(3, 'Example Social', 20),
  ];
  const { shown } = await reported(docket);
  const cells = Object.fromEntries(shown.totals.columns.map((name, index) => [name, shown.totals.rows[0]![index]!]));
  assert.equal(cells['requests_open_or_lapsed'], '<5');
  assert.ok([cells['requests_received'], cells['no_responsive_records']].includes(WITHHELD), JSON.stringify(cells));
});

test('a time that rests on fewer than 5 requests is withheld, and one of none is empty', async () => {
  const answered = (count: number) => many(count, 'Example Social', 0, [6, letter('acknowledgement')]);
  const median = async (count: number) => column((await reported(answered(count))).shown.totals, 'median_hours_to_first_response')[0]; // biome-ignore format: one line
  assert.deepEqual([await median(4), await median(5)], ['*', '6.0']);
  assert.equal(
    column((await reported(many(9, 'Example Social'))).shown.totals, 'median_hours_to_first_response')[0],
    '',
  );
});

test('a policy that hides nothing shows everything', async () => {
  const { figures, shown } = await reported(lifelikeDocket(PERIOD.parts[0]!, 80), 1);
  assert.deepEqual(shown.hidden, { small: 0, withheld: 0 });
  assert.deepEqual(column(shown.totals, 'requests_received'), figures.totals.map((row) => String(row['requests_received']))); // biome-ignore format: one line
});

/* What a reader can work out. */

type Range = { least: number; most: number };
type Sum = { terms: [cell: string, factor: number][] };

/** Every cell as what is known of it, and every sum that the tables state. */
function asRead({ rows, totals, epoc, dsa, firstResponse }: Published): { cells: Map<string, Range>; sums: Sum[] } {
  const cells = new Map<string, Range>();
  const sums: Sum[] = [];
  const read = (table: string, { columns, rows: lines }: PublishedTable, counts: readonly string[]) =>
    lines.map((line, row) => {
      const one = Object.fromEntries(columns.map((name, index) => [name, line[index]!]));
      for (const name of counts) {
        const cell = one[name]!;
        const value = Number(cell);
        cells.set(`${table} ${row} ${name}`, cell === '<5' ? { least: 1, most: 4 } : cell === WITHHELD ? { least: 1, most: 1e6 } : { least: value, most: value }); // biome-ignore format: one line
      }
      return { ...one, row };
    });
  const letters = (line: string[]) => line[4] === 'US-NSL';
  const lines = read('rows', { ...rows, rows: rows.rows.filter((line) => !letters(line)) }, COUNTS);
  const papers = read('totals', totals, COUNTS);
  const orders = read('epoc', epoc, ['received', 'fulfilled', 'not_fulfilled', 'still_open']);
  const states = read('dsa', dsa, ['orders_received']);
  const waits = read('waits', firstResponse, ['requests']);
  const add = (whole: string, parts: string[]) =>
    sums.push({ terms: [[whole, 1], ...parts.map((part): [string, number] => [part, -1])] });
  for (const paper of papers) {
    for (const name of COUNTS) {
      const of = paper['counted' as never] as string;
      const parts =
        of === 'all'
          ? papers
              .filter((one) => !['all', 'XB-MLAT'].includes(one['counted' as never]))
              .map(({ row }) => `totals ${row}`)
          : lines.filter((one) => (one['instrument_id' as never] as string) === of).map(({ row }) => `rows ${row}`);
      add(`totals ${paper.row} ${name}`, parts.map((part) => `${part} ${name}`)); // biome-ignore format: one line
      if (of === 'all' && name === 'requests_received')
        add(`totals ${paper.row} ${name}`, waits.map(({ row }) => `waits ${row} requests`)); // biome-ignore format: one line
    }
  }
  for (const [table, of] of [['rows', lines], ['totals', papers]] as const) // biome-ignore format: one line
    for (const { row } of of) add(`${table} ${row} requests_received`, OUTCOMES.map((name) => `${table} ${row} ${name}`)); // biome-ignore format: one line
  for (const { row } of orders) add(`epoc ${row} received`, ['fulfilled', 'not_fulfilled', 'still_open'].map((name) => `epoc ${row} ${name}`)); // biome-ignore format: one line
  for (const state of states) {
    const parts = lines.filter((one) => (one['instrument_id' as never] as string) === 'EU-DSA10' && one['country_iso2' as never] === state['member_state' as never]); // biome-ignore format: one line
    add(`dsa ${state.row} orders_received`, parts.map(({ row }) => `rows ${row} requests_received`)); // biome-ignore format: one line
  }
  return { cells, sums };
}

const isHidden = ({ least, most }: Range) => least < most;

/** Hidden cells that the sums determine as equations: those alone in a row of the reduced matrix (over a large prime). */
function solved(cells: Map<string, Range>, sums: Sum[]): string[] {
  const P = 1_000_003;
  const hidden = [...cells].filter(([, range]) => isHidden(range)).map(([name]) => name);
  const index = new Map(hidden.map((name, at) => [name, at]));
  const matrix = sums
    .map(({ terms }) => {
      const line = new Array<number>(hidden.length).fill(0);
      for (const [cell, factor] of terms) if (index.has(cell)) line[index.get(cell)!]! = (factor + P) % P;
      return line;
    })
    .filter((line) => line.some((one) => one !== 0));
  const inverse = (value: number) => {
    let [result, base, power] = [1n, BigInt(value), P - 2];
    for (; power > 0; power = Math.floor(power / 2), base = (base * base) % BigInt(P)) if (power % 2 === 1) result = (result * base) % BigInt(P); // biome-ignore format: one line
    return Number(result);
  };
  let rank = 0;
  for (let at = 0; at < hidden.length && rank < matrix.length; at += 1) {
    const pivot = matrix.findIndex((line, row) => row >= rank && line[at] !== 0);
    if (pivot < 0) continue;
    [matrix[rank], matrix[pivot]] = [matrix[pivot]!, matrix[rank]!];
    const by = inverse(matrix[rank]![at]!);
    matrix[rank] = matrix[rank]!.map((one) => (one * by) % P);
    for (const [row, line] of matrix.entries()) {
      const off = line[at]!;
      if (row === rank || off === 0) continue;
      for (let index = 0; index < line.length; index += 1) line[index] = (line[index]! + (P - off) * matrix[rank]![index]!) % P; // biome-ignore format: one line
    }
    rank += 1;
  }
  return matrix.flatMap((line) => {
    const left = line.flatMap((one, at) => (one === 0 ? [] : [at]));
    return left.length === 1 ? [hidden[left[0]!]!] : [];
  });
}

/** Hidden cells of which only one value is left when every bound is carried through every sum until nothing changes. */
function pinned(cells: Map<string, Range>, sums: Sum[]): string[] {
  const ranges = new Map([...cells].map(([name, range]) => [name, { ...range }]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { terms } of sums) {
      for (const [cell, factor] of terms) {
        let [least, most] = [0, 0];
        for (const [other, sign] of terms) {
          if (other === cell) continue;
          const range = ranges.get(other)!;
          const [a, b] = [-sign * factor * range.least, -sign * factor * range.most];
          least += Math.min(a, b);
          most += Math.max(a, b);
        }
        const range = ranges.get(cell)!;
        if (least > range.least || most < range.most) changed = true;
        range.least = Math.max(range.least, least);
        range.most = Math.min(range.most, most);
        assert.ok(range.least <= range.most, `${cell} has no value at all`);
      }
    }
  }
  return [...ranges].filter(([name, range]) => isHidden(cells.get(name)!) && !isHidden(range)).map(([name]) => name);
}

function holdsBack(figures: Figures, shown: Published): void {
  const { cells, sums } = asRead(shown);
  assert.deepEqual(solved(cells, sums), [], 'solved as equations');
  assert.deepEqual(pinned(cells, sums), [], 'pinned by bounds');
  const said = (name: 'rows' | 'totals' | 'epoc' | 'dsa', counts: readonly string[]) => {
    for (const [row, true_] of figures[name].entries())
      for (const count of counts) {
        const { least, most } = cells.get(`${name} ${row} ${count}`)!;
        const value = (true_ as Row)[count] as number;
        assert.ok(least <= value && value <= most, `${count} is ${value}, and ${least} to ${most} is told`);
        if (value > 0 && value < SMALL) assert.ok(least < most, `${count} is ${value} and shown`);
        if (value === 0) assert.equal(most, 0, 'nought is shown');
      }
  };
  said('rows', COUNTS);
  said('totals', COUNTS);
  said('epoc', ['received', 'fulfilled', 'not_fulfilled', 'still_open']);
  said('dsa', ['orders_received']);
}

test('the checks themselves find what a plain cut of small cells tells', () => {
  const cells = new Map<string, Range>([['whole', { least: 15, most: 15 }], ['a', { least: 12, most: 12 }], ['b', { least: 1, most: 4 }]]); // biome-ignore format: one line
  const sums: Sum[] = [{ terms: [['whole', 1], ['a', -1], ['b', -1]] }]; // biome-ignore format: one line
  assert.deepEqual(solved(cells, sums), ['b']);
  assert.deepEqual(pinned(cells, sums), ['b']);
  cells.set('a', { least: 1, most: 4 }).set('whole', { least: 2, most: 2 });
  assert.deepEqual([solved(cells, sums), pinned(cells, sums)], [[], ['a', 'b']]);
});

for (const [most, runs] of [[12, 16], [60, 8]] as const) {
  test(`no hidden number can be worked out of what is published: ${runs} dockets by chance, up to ${most} requests (seed ${SEED})`, async () => {
    for (const invented of fc.sample(inventedDocket(most), { numRuns: runs, seed: SEED })) {
      const { figures, shown } = await reported(docketIn(PERIOD.parts[0]!, invented, 'd'));
      holdsBack(figures, shown);
    }
  });
} // biome-ignore format: one line

for (const count of [30, 200]) {
  test(`no hidden number can be worked out of a docket as a provider might have it, of ${count} requests`, async () => {
    const { figures, shown } = await reported(lifelikeDocket(PERIOD.parts[0]!, count, count));
    holdsBack(figures, shown);
    // However many rows are small, the total of all demands is told.
    const told = shown.totals.rows.at(-1)![shown.totals.columns.indexOf('requests_received')];
    assert.equal(told, String(figures.totals.at(-1)!['requests_received']));
  });
}
