/** A one-week filter of the timeline over a million records in an open matter. `node bench/timeline.ts [RECORDS]`. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openHouse } from '../src/desk/house.ts';
import { perform } from '../src/desk/perform.ts';
import { openMatter } from '../src/desk/question.ts';
import { importOperation } from '../src/desk/return.ts';
import { quantile } from './measure.ts';
import { bench } from './office.ts';
import { ORDERED, writeLeases, writeMetaRecord } from './tables.ts';

const records = Number(process.argv[2] ?? 1_000_000);
using place = await bench([
  ...ORDERED.map((digits) => ({ type: 'phone', value: `+${digits}` })),
  { type: 'ip-prefix', value: '198.18.0.0/15' },
  { type: 'facebook-id', value: '100000000000042' },
]);
const { matter, instrument } = await place.newMatter();
const leases = join(place.folder, 'leases.csv');
const logins = join(place.folder, 'records.html');
writeLeases(leases, Math.floor(records / 2));
writeMetaRecord(logins, records - Math.floor(records / 2));
for (const file of [leases, logins])
  await perform(importOperation, { matter, instrument, files: [file] }, { dir: place.dir, actor: 'A' });

const folder = join(place.dir, 'matters', matter, 'returns');
const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

await using house = await openHouse(place.dir, 'A');
const opening = performance.now();
await using open = await openMatter(house.matter(matter));
const openedMs = performance.now() - opening;
const [total] = await open.scoped.rows<{ n: bigint }>('select count(*) as n from records');
const DAY = 86_400_000_000n;
const first = BigInt(Date.UTC(2017, 1, 1)) * 1000n;
const took: number[] = [];
for (let index = 0; index < 60; index++) {
  const from = first + BigInt(index % 50) * DAY;
  const began = performance.now();
  await open.scoped.rows(
    `select record_id(return, file, locator) as id, * from (
      select return, kind, account, began, ended, ip, port, port_low, port_high, file, locator from records
      where began >= make_timestamp($from) and began < make_timestamp($to) order by began, file, locator limit 500)`,
    { from, to: from + 7n * DAY },
  );
  if (index >= 10) took.push(performance.now() - began);
}
console.log(
  `${total!.n} records: opened in ${openedMs.toFixed(0)} ms; one week, first 500 rows in order: p50 ${quantile(took, 0.5).toFixed(0)} ms, p95 ${quantile(took, 0.95).toFixed(0)} ms; ${(bytes / Number(total!.n)).toFixed(0)} bytes a record on disk, originals and all`,
);
