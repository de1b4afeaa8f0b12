import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInside } from '../place/address-class.ts';
import { memoryRecords } from '../simulation/memory-records.ts';
import { bitsOf, isInsideSql, leaseNet, netsOf } from './address.ts';
import { capped, oddsTable, ratios, sentence, supportWord } from './likelihood.ts';

test('64 sharing, two minutes of allowance and an hour’s hold make 68 who could have produced the line', () => {
  const { kEff, fits } = ratios({ subscribers: 64, allowanceSeconds: 120, holdSeconds: 3600, population: 1e6 });
  assert.equal(kEff.toFixed(3), '68.267');
  assert.equal(fits.toFixed(1), '890.1');
});

test('the more who share the address, the less a coincidence says, and never beyond the cap', () => {
  const all = [1, 16, 64, 4096, 1e6].map((subscribers) =>
    ratios({ subscribers, allowanceSeconds: 120, holdSeconds: 3600, population: 1e6 }),
  );
  for (const [n, { fits, fitsNot }] of all.slice(1).entries()) {
    assert.ok(fits < all[n]!.fits);
    assert.ok(fitsNot >= all[n]!.fitsNot);
  }
  assert.ok(all.at(-1)!.fits < 1);
  assert.deepEqual([capped(1e9), capped(1e-9)], [1000, 0.001]);
});

test('a ratio below one is worded for the other proposition and never called no support', () => {
  const propositions = { first: 'A', second: 'B', population: 'a population of 10 (“these”)' };
  assert.match(
    sentence(890.1, propositions),
    /about 890 times more probable if A than if B.*moderately strong support/,
  );
  assert.match(sentence(0.05, propositions), /about 20 times more probable if B than if A.*moderate support/);
  assert.match(sentence(1.2, propositions), /neither proposition/);
  assert.doesNotMatch(sentence(0.05, propositions), /no support/);
  assert.deepEqual([1, 5, 50, 500, 1e9].map(supportWord), [
    'neither',
    'weak',
    'moderate',
    'moderately strong',
    'moderately strong',
  ]);
});

test('the odds after are the ratio times the odds before', () => {
  assert.deepEqual(oddsTable(500).map(({ posteriorOdds }) => posteriorOdds), [50, 0.5, 0.005]); // biome-ignore format: one
});

const ADDRESSES = [
  '10.0.0.1', '11.0.0.1', '172.15.0.1', '172.16.0.1', '172.31.255.1', '172.32.0.1', '192.168.4.4', '192.169.0.1', '100.63.0.1',
  '100.64.0.1', '100.127.255.255', '100.128.0.1', '169.254.1.1', '127.0.0.1', '203.0.113.9', 'fc00::1', 'fd12:3456::1', 'fe80::1',
  'febf::1', 'fec0::1', '::1', '2001:db8::1', 'fd::1', '::2',
]; // biome-ignore format: a list

test('inside addresses are the same in SQL as elsewhere', async () => {
  await using scoped = await memoryRecords(ADDRESSES.map((ip) => ({ id: ip, kind: 'session', ip })));
  const rows = await scoped.rows<{ ip: string; inside: boolean }>(
    `select ip, ${isInsideSql('ip')} as inside from records`,
  );
  for (const { ip, inside } of rows) assert.equal(inside, isInside(ip), ip);
});

for (const [address, network, within] of [
  ['203.0.113.77', '203.0.113.64/28', true],
  ['203.0.113.80', '203.0.113.64/28', false],
  ['203.0.113.200', '203.0.0.0/16', true],
  ['198.51.100.1', '0.0.0.0/0', true],
  ['2001:db8::1', '2001:db8::/32', true],
  ['2001:db9::1', '2001:db8::/32', false],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', true],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1', true],
  ['2001:db8:1:3::', '2001:db8:1:2::/64', false],
  ['2001:db8:0:1::5', '2001:db8::/63', true],
  ['::ff', '::/64', true],
  ['2001:db8:b:4fff::1', '2001:db8:b:4000::/52', true],
] as const) {
  test(`${address} is ${within ? '' : 'not '}in ${network}`, async () => {
    await using scoped = await memoryRecords([{ id: 'a', kind: 'lease', ip: network }]);
    const [level] = await scoped.rows<{ family: number; bits: number }>(
      `select case when contains(ip, ':') then 6 else 4 end as family, ${bitsOf('ip')} as bits from records`,
    );
    const levels = [{ family: level!.family as 4 | 6, bits: level!.bits }];
    const [row] = await scoped.rows<{ found: boolean }>(
      `select list_contains(${netsOf(`'${address}'`, levels)}, ${leaseNet('ip', bitsOf('ip'), levels)}) as found from records`,
    );
    assert.equal(row!.found, within);
  });
}
