/** Records in memory for tests: the same view `records` a question sees, made from plain objects. */
import { KIND_COLUMNS } from '../../record/record.ts';
import { openEngine } from '../../store/engine.ts';
import type { Scoped, Value } from '../../store/scoped.ts';

const COLUMNS: Record<string, string> = {
  id: 'VARCHAR', kind: 'VARCHAR', return: 'VARCHAR', file: 'VARCHAR', locator: 'VARCHAR', item: 'VARCHAR', account: 'VARCHAR',
  account_type: 'VARCHAR', began: 'TIMESTAMP', ended: 'TIMESTAMP', precision: 'VARCHAR', time_as_stored: 'VARCHAR',
  zone_basis: 'VARCHAR', category: 'VARCHAR', format: 'VARCHAR', raw: 'VARCHAR', ...KIND_COLUMNS,
}; // biome-ignore format: a list

export type MemoryRecord = { id: string; kind: string } & Record<string, Value | undefined>;

export type MemoryRecords = Scoped & AsyncDisposable;

/** Opens the records. Times are microseconds; columns not given are null. Dispose to close. */
export async function memoryRecords(
  records: readonly MemoryRecord[],
  stated: Partial<Pick<Scoped, 'ranges' | 'coverage'>> = {},
): Promise<MemoryRecords> {
  const engine = await openEngine([]);
  const names = Object.keys(COLUMNS);
  await engine.run(`create table records (${names.map((name) => `"${name}" ${COLUMNS[name]}`).join(', ')})`);
  await engine.append(
    'records',
    names.map((name) => records.map((record) => record[name] ?? null)),
  );
  return {
    rows: (sql, params) => engine.rows(sql, params),
    ranges: stated.ranges ?? [],
    coverage: stated.coverage ?? [],
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
