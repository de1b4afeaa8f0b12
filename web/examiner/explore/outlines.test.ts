import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaFindings, around, drawOutlines } from './outlines.ts';

const area = (level: number, half: number) => ({
  level,
  areaKm2: half * 100,
  parts: 1,
  polygon: {
    coordinates: [[[[-106 - half, 32], [-106 + half, 32], [-106 + half, 33], [-106 - half, 32]]]],
  },
}); // biome-ignore format: one ring
const finding = (question: string, isCurrent: boolean, occupancy: unknown) => ({
  question,
  digest: 'd',
  isCurrent,
  statement: 'Nine tenths lie in an area.',
  parameters: {},
  result: { occupancy },
});

test('only current findings that drew areas have outlines, the wide one first', () => {
  const drew = { hdr50: area(0.5, 0.1), hdr90: area(0.9, 0.5) };
  const found = areaFindings([
    finding('areas', true, drew),
    finding('areas', false, drew),
    finding('areas', true, null),
    finding('hours', true, undefined),
  ]);
  assert.equal(found.length, 1);
  assert.deepEqual(
    found[0]!.outlines.map(({ level }) => level),
    [0.9, 0.5],
  );
  assert.deepEqual(around(found[0]!.outlines), { west: -106.5, east: -105.5, south: 32, north: 33 });
  assert.equal(around([]), null);
});

test('nine tenths is drawn with a broken line, the half with a whole one', () => {
  const dashes: string[] = [];
  let dash: number[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get: (_, name) => (given: number[]) => {
      if (name === 'setLineDash') dash = given;
      if (name === 'stroke') dashes.push(dash.join());
    },
    set: () => true,
  });
  const [found] = areaFindings([finding('areas', true, { hdr50: area(0.5, 0.1), hdr90: area(0.9, 0.5) })]);
  const view = { x: 0.2, y: 0.4, scale: 2000 };
  drawOutlines(context as unknown as CanvasRenderingContext2D, found!.outlines, view, 600, 400, { ink: '#000', paper: '#fff' }); // biome-ignore format: one call
  assert.deepEqual(dashes, ['9,5', '9,5', '', '']);
});
