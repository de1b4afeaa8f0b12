/** Prints one digest over the answers to both questions; run under different settings of the machine by the tests. */
import { sha256 } from '../../base/digest.ts';
import areas from '../areas.ts';
import hours from '../hours.ts';
import { addressRow, calls, FIRST_DAY, login, placesOf } from './logins.ts';
import { memoryRecords } from './memory-records.ts';

const { records, sites } = calls(33);
const covered = { began: FIRST_DAY - 86_400_000_000n, ended: FIRST_DAY + 40n * 86_400_000_000n };
await using scoped = await memoryRecords(
  [...records, ...Array.from({ length: 20 }, (_, n) => login(n, '203.0.113.7'))],
  { ranges: [{ item: '1', target: 'orrin', category: 'DC-02', ...covered }] }, // biome-ignore format: short
);
const given = { scoped, places: placesOf({ '203.0.113.7': [addressRow()] }, sites) };
const answers = [await areas.run(given, areas.params.parse({})), await hours.run(given, hours.params.parse({}))];
process.stdout.write(`${sha256(JSON.stringify(answers))}\n`);
