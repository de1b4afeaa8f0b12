import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Columns } from './columns.ts';
import { arcOf, type Shape, shapeOf } from './shapes.ts';

const PLACES = ['none', 'device fix', 'sector', 'timing band', 'agent', 'address', 'area', 'text', 'unknown'];
type Says = {
  place: string;
  radius?: number;
  quantile?: number;
  azimuth?: number;
  beam?: number;
  near?: number;
  far?: number;
};

function one({ place, ...says }: Says): Columns {
  const column = (value: number | undefined) => (value === undefined ? null : Float32Array.of(value));
  return {
    place: Uint8Array.of(PLACES.indexOf(place)),
    radius: Float32Array.of(says.radius ?? Number.NaN),
    quantile: column(says.quantile),
    azimuth: column(says.azimuth),
    beam: column(says.beam),
    near: column(says.near),
    far: column(says.far),
  } as unknown as Columns;
}

const CASES: [says: Says, shape: Shape][] = [
  [{ place: 'agent' }, { of: 'counter' }],
  [{ place: 'agent', radius: 50 }, { of: 'counter' }],
  [
    { place: 'device fix', radius: 40, quantile: 0.5 },
    { of: 'circle', metres: 40, isFix: true, holds: true },
  ],
  [
    { place: 'area', radius: 40 },
    { of: 'circle', metres: 40, isFix: false, holds: false },
  ],
  [
    { place: 'sector', azimuth: 120, beam: 64 },
    { of: 'sector', azimuth: 120, beam: 64 },
  ],
  [
    { place: 'sector', azimuth: 0 },
    { of: 'sector', azimuth: 0, beam: null },
  ],
  [{ place: 'sector' }, { of: 'ring', isSector: true }],
  [
    { place: 'sector', azimuth: Number.NaN },
    { of: 'ring', isSector: true },
  ],
  [
    { place: 'timing band', near: 500, far: 600 },
    { of: 'band', near: 500, far: 600, azimuth: null, beam: null },
  ],
  [
    { place: 'timing band', far: 600, azimuth: 90, beam: 120 },
    { of: 'band', near: 0, far: 600, azimuth: 90, beam: 120 },
  ],
  [{ place: 'address' }, { of: 'ring', isSector: false }],
  [
    { place: 'address', azimuth: 90 },
    { of: 'ring', isSector: false },
  ],
  [{ place: 'unknown' }, { of: 'ring', isSector: false }],
];

for (const [says, shape] of CASES) {
  test(`${JSON.stringify(says)} is drawn as ${JSON.stringify(shape)}`, () =>
    assert.deepEqual(shapeOf(one(says), 0), shape));
}

test('a sector to the east opens to the right; what is not said is all around', () => {
  const { from, to, isWhole } = arcOf(90, 60);
  assert.ok(!isWhole);
  assert.ok(Math.abs(from + Math.PI / 6) < 1e-12 && Math.abs(to - Math.PI / 6) < 1e-12);
  for (const [azimuth, beam] of [[null, 60], [90, null], [90, 360]] as const) assert.ok(arcOf(azimuth, beam).isWhole); // biome-ignore format: three
});
