import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCoordinate, readPoint } from './coordinates.ts';

test('reads degrees in each way they are written', () => {
  const table: [string, 'latitude' | 'longitude', string | undefined, number][] = [
    ['38.9', 'latitude', undefined, 38.9],
    ['-77.0300', 'longitude', undefined, -77.03],
    ['77.03 W', 'longitude', undefined, -77.03],
    ['S 38.9°', 'latitude', undefined, -38.9],
    ['38.9° N', 'latitude', undefined, 38.9],
    ['38° 54\' 36" N', 'latitude', undefined, 38.91],
    ["77°02'W", 'longitude', undefined, -77.0333333333],
    ['350800000', 'latitude', 'e7', 35.08],
    ['-1066200000', 'longitude', 'e7', -106.62],
  ];
  for (const [text, axis, unit, expected] of table)
    assert.equal(readCoordinate(text, axis, unit, undefined), expected, text);
  assert.equal(readCoordinate('38,9', 'latitude', undefined, 'comma'), 38.9);
});

test('does not read what is out of range, of the other axis, or contradicts itself', () => {
  const table: [string, 'latitude' | 'longitude', string | undefined][] = [
    ['90.1', 'latitude', undefined],
    ['-180.5', 'longitude', undefined],
    ['350800000', 'latitude', undefined],
    ['3508000000', 'latitude', 'e7'],
    ['35.08', 'latitude', 'e7'],
    ['38.9 W', 'latitude', undefined],
    ['-38.9 S', 'latitude', undefined],
    ['N 38.9 S', 'latitude', undefined],
    ['38,9', 'latitude', undefined],
    ["38° 61' N", 'latitude', undefined],
    ["38° 54'", 'latitude', undefined],
    ['north', 'latitude', undefined],
  ];
  for (const [text, axis, unit] of table)
    assert.equal(typeof readCoordinate(text, axis, unit, undefined), 'string', text);
});

test('reads both from one cell, in the declared order', () => {
  const point = { latitude: 38.9, longitude: -77.03, radiusMetres: null };
  for (const text of ['38.9, -77.03', '38.9;-77.03', '(38.9,-77.03)', '38.9° N, 77.03° W']) {
    assert.deepEqual(readPoint(text, undefined, undefined, undefined), point, text);
  }
  assert.deepEqual(readPoint('-77.03,38.9', 'longitude-first', undefined, undefined), point);
  assert.deepEqual(readPoint('38,9; -77,03', undefined, undefined, 'comma'), point);
  assert.deepEqual(readPoint('geo:38.9,-77.03;u=35', 'longitude-first', undefined, 'comma'), {
    ...point,
    radiusMetres: 35,
  });
  for (const text of ['38.9', '38.9,-77.03,12', '-100.5,38.9', 'geo:91,0']) {
    assert.equal(typeof readPoint(text, undefined, undefined, undefined), 'string', text);
  }
});

test('no text throws and none is read outside the globe', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9NSEW°'". ,+-]{0,20}$/)), (text) => {
      const read = readPoint(text, undefined, undefined, undefined);
      if (typeof read !== 'string') assert.ok(Math.abs(read.latitude) <= 90 && Math.abs(read.longitude) <= 180);
    }),
    { seed: 17, numRuns: 500 },
  );
});
