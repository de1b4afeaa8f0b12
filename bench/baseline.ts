/** The baseline of bench/import: DuckDB reads the same file and stores it as a typed, normalised table in a file. */
import { rmSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [file, database] = process.argv.slice(2) as [string, string];
const instance = await DuckDBInstance.create(database, { threads: '2', memory_limit: '1GiB' });
const connection = await instance.connect();
const began = performance.now();
await connection.run(`
  create table records as
  select 'lease' as kind, '${file}' as file, row_number() over () as source_row, subscriber, "start" as began, "end" as ended,
    public_ip as ip, port_low, port_high
  from read_csv('${file}', header = true, columns = {'subscriber': 'VARCHAR', 'start': 'TIMESTAMP', 'end': 'TIMESTAMP',
    'public_ip': 'VARCHAR', 'port_low': 'INTEGER', 'port_high': 'INTEGER'})`);
await connection.run('checkpoint');
console.log(((performance.now() - began) / 1000).toFixed(2));
connection.closeSync();
instance.closeSync();
rmSync(database, { force: true });
