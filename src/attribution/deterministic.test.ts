import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isProblem } from '../base/problem.ts';
import type { Translator } from '../source/leases.ts';
import { Translation } from './deterministic.ts';
import { addressText } from './network.ts';

const SETTING: Translator = {
  began: '2017-02-01T00:00:00Z',
  ended: null,
  inside: { first: '198.51.100.1', last: '198.51.100.14' },
  outside: { first: '192.0.2.1', last: '192.0.2.1' },
  insidePerOutside: 14,
  portsPerAddress: 4032,
  reserved: [{ low: 0, high: 1023 }],
  algorithm: 'sequential',
};

test('the example of RFC 7422, section 2.2: 14 addresses of 4032 ports, and a dynamic pool', () => {
  const translation = new Translation(SETTING);
  for (const [port, expected] of [
    [1023, 'reserved'],
    [1024, '198.51.100.1'],
    [5055, '198.51.100.1'],
    [5056, '198.51.100.2'],
    [9087, '198.51.100.2'],
    [53_440, '198.51.100.14'],
    [57_471, '198.51.100.14'],
    [57_472, 'dynamic'],
    [65_535, 'dynamic'],
  ] as const) {
    const found = translation.insideOf('192.0.2.1', port);
    assert.equal(found.kind === 'inside' ? found.address : found.kind, expected, String(port));
  }
  assert.deepEqual(translation.block('198.51.100.2'), { low: 5056, high: 9087 });
  assert.deepEqual(translation.insideOf('192.0.2.2', 5000), { kind: 'elsewhere' });
});

test('staggered: each inside address has every fourteenth port', () => {
  const translation = new Translation({ ...SETTING, algorithm: 'staggered' });
  for (const nth of [0, 1, 4031]) {
    assert.deepEqual(translation.outsideOf('198.51.100.3', nth), { address: '192.0.2.1', port: 1024 + nth * 14 + 2 });
  }
  assert.equal(translation.block('198.51.100.3'), null);
});

/** Settings whose figures go together, reserved ports anywhere. */
const settings = fc
  .record({
    outsideCount: fc.integer({ min: 1, max: 5 }),
    insidePerOutside: fc.integer({ min: 1, max: 40 }),
    missing: fc.integer({ min: 0, max: 30 }),
    reserved: fc.array(fc.tuple(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 3000 })), {
      maxLength: 3,
    }),
    share: fc.double({ min: 0.0001, max: 1, noNaN: true }),
    algorithm: fc.constantFrom('sequential' as const, 'staggered' as const),
  })
  .map(({ outsideCount, insidePerOutside, missing, reserved, share, algorithm }): Translator => {
    const blocks = reserved.map(([low, more]) => ({ low, high: Math.min(65_535, low + more) }));
    const open = Array.from({ length: 65_536 }, (_, port) => port).filter(
      (port) => !blocks.some(({ low, high }) => low <= port && port <= high),
    );
    const inside = Math.max(1, outsideCount * insidePerOutside - missing);
    return {
      began: SETTING.began,
      ended: null,
      inside: { first: '100.64.0.10', last: addressText(4, 0x6440000an + BigInt(inside - 1)) },
      outside: { first: '203.0.113.250', last: addressText(4, 0xcb0071fan + BigInt(outsideCount - 1)) },
      insidePerOutside,
      portsPerAddress: Math.max(1, Math.floor((open.length / insidePerOutside) * share)),
      reserved: blocks,
      algorithm,
    };
  });

test('every inside address and port has exactly one outside address and port, and comes back from there', () => {
  fc.assert(
    fc.property(settings, (setting) => {
      const translation = new Translation(setting);
      const inside = Number(networkSize(setting.inside.first, setting.inside.last));
      const used = new Set<string>();
      for (let index = 0; index < inside; index++) {
        const address = addressText(4, 0x6440000an + BigInt(index));
        // All ports of some addresses, the outermost of all.
        const step = index % 7 === 0 ? 1 : Math.max(1, setting.portsPerAddress - 1);
        for (let nth = 0; nth < setting.portsPerAddress; nth += step) {
          const out = translation.outsideOf(address, nth)!;
          const key = `${out.address} ${out.port}`;
          assert.ok(!used.has(key), key);
          used.add(key);
          assert.ok(!setting.reserved.some(({ low, high }) => low <= out.port && out.port <= high));
          assert.deepEqual(translation.insideOf(out.address, out.port), { kind: 'inside', address, index });
        }
        assert.equal(translation.outsideOf(address, setting.portsPerAddress), null);
      }
    }),
    { seed: 7422, numRuns: 25 },
  );
});

test('every outside port is an inside address’s, reserved, of the dynamic pool, or of a place nobody has', () => {
  fc.assert(
    fc.property(settings, (setting) => {
      const translation = new Translation(setting);
      const counts: Record<string, number> = {};
      for (let port = 0; port < 65_536; port++) {
        const { kind } = translation.insideOf(setting.outside.first, port);
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
      assert.equal(counts['inside'] ?? 0, translation.sharing(setting.outside.first) * setting.portsPerAddress);
      assert.equal(
        (counts['inside'] ?? 0) + (counts['unused'] ?? 0),
        setting.insidePerOutside * setting.portsPerAddress,
      );
      assert.equal(counts['elsewhere'], undefined);
    }),
    { seed: 7422, numRuns: 25 },
  );
});

function networkSize(first: string, last: string): bigint {
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  return number(last) - number(first) + 1n;
}

test('figures that do not go together are refused', () => {
  for (const wrong of [
    { insidePerOutside: 13 },
    { portsPerAddress: 5000 },
    { inside: { first: '198.51.100.9', last: '198.51.100.1' } },
  ]) {
    assert.throws(
      () => new Translation({ ...SETTING, ...wrong }),
      (error) => isProblem(error) && error.code === 'attribution/translator',
    );
  }
});
