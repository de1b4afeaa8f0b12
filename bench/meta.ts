/** A Meta record of 100,000 logins (about 37 MB of HTML) from file to stored. `node bench/meta.ts [LOGINS]`. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { median, run } from './measure.ts';
import { bench, MAIN } from './office.ts';
import { writeMetaRecord } from './tables.ts';

const logins = Number(process.argv[2] ?? 100_000);
using place = await bench([{ type: 'facebook-id', value: '100000000000042' }]);
const file = join(place.folder, 'records.html');
writeMetaRecord(file, logins);
const costs = [];
for (let index = 0; index < 3; index++) {
  const { matter, instrument } = await place.newMatter();
  const cost = await run([
    process.execPath,
    MAIN,
    '--data',
    place.dir,
    '--as',
    'A',
    '--json',
    'import',
    '--matter',
    matter,
    '--instrument',
    instrument,
    file,
  ]);
  const receipt = JSON.parse(cost.out) as { seen: number; kept: number };
  if (receipt.kept !== logins) throw new Error(`${receipt.kept} of ${logins} logins kept`);
  costs.push(cost);
}
console.log(
  `${logins} logins, ${(statSync(file).size / 1e6).toFixed(0)} MB: ${median(costs.map((cost) => cost.seconds)).toFixed(1)} s, peak ${median(costs.map((cost) => cost.peakMiB)).toFixed(0)} MiB (both processes and the memory folder; medians of 3)`,
);
