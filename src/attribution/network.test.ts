import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressNumber, addressText, holds, networkOf, networkText } from './network.ts';

test('a network holds its addresses and no others', () => {
  for (const [text, inside, outside] of [
    ['198.51.100.7', ['198.51.100.7'], ['198.51.100.6', '198.51.100.8', '::c633:6407']],
    ['198.51.100.0/30', ['198.51.100.0', '198.51.100.3'], ['198.51.100.4', '198.51.99.255']],
    ['198.51.100.9/30', ['198.51.100.8', '198.51.100.11'], ['198.51.100.12']],
    ['2001:db8:0:100::/56', ['2001:db8:0:100::', '2001:db8:0:1ff:ffff:ffff:ffff:ffff'], ['2001:db8:0:200::']],
    ['2001:DB8::1', ['2001:db8:0:0::1'], ['2001:db8::2']],
    ['::ffff:198.51.100.7', ['198.51.100.7'], []],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['::']],
  ] as const) {
    const network = networkOf(text)!;
    const has = (address: string) => {
      const { family, value } = addressNumber(address)!;
      return holds(network, family, value);
    };
    for (const address of inside) assert.ok(has(address), `${text} holds ${address}`);
    for (const address of outside) assert.ok(!has(address), `${text} does not hold ${address}`);
  }
});

test('what is no network is none, and is not repaired', () => {
  for (const text of [
    '',
    'x',
    '198.51.100',
    '198.51.100.256',
    '010.1.1.1',
    '198.51.100.0/33',
    '198.51.100.0/',
    '1.2.3.4/8/8',
    '2001:db8::/129',
  ])
    assert.equal(networkOf(text), null, text);
  assert.equal(networkOf('198.51.100.9', '198.51.100.8'), null);
  assert.equal(networkOf('198.51.100.9', '2001:db8::'), null);
});

test('a network is written so that it is read again as the same', () => {
  const family = fc.constantFrom(4 as const, 6 as const);
  fc.assert(
    fc.property(family, fc.bigInt(0n, (1n << 128n) - 1n), fc.bigInt(0n, (1n << 128n) - 1n), (of, a, b) => {
      const most = of === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n;
      // An IPv4 address written as IPv6 is IPv4: such IPv6 addresses do not come back.
      fc.pre(of === 4 || a >> 32n !== 0xffffn);
      const value = a & most;
      assert.deepEqual(addressNumber(addressText(of, value)), { family: of, value });
      const [low, high] = [value, b & most].sort((x, y) => (x < y ? -1 : 1)) as [bigint, bigint];
      fc.pre(of === 4 || (low >> 32n !== 0xffffn && high >> 32n !== 0xffffn));
      const [first, last] = networkText({ family: of, low, high }).split('–') as [string, string | undefined];
      assert.deepEqual(networkOf(first, last ?? null), { family: of, low, high });
    }),
    { seed: 1 },
  );
});
