import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BarChart, barChart } from './bar-chart.ts';

const CHART: BarChart = {
  id: 'by-instrument',
  caption: 'Requests received, by instrument',
  bar: 'instrument',
  counted: 'requests',
  parts: ['produced', 'in part', 'rejected', 'withdrawn', 'nothing held', 'pushed back'],
  bars: [
    { name: 'subpoena', values: [412, 120, 88, 14, 60, 33] },
    { name: 'search warrant', values: [230, 75, 31, null, 22, 12] },
    { name: 'emergency', values: [0, 0, 0, 0, 0, 0] },
    { name: 'national security letter', values: [null, null, null, null, null, null] },
  ],
};

/** Widths of the tinted rectangles, the page and the key aside: the part of a bar that a reader compares. */
const drawn = (picture: string) =>
  [...picture.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="18" fill="(#[0-9a-f]{6})"/g)].map(
    ([, x, width]) => ({ x: Number(x), width: Number(width) }),
  );

test('a bar is as long as its count, and its parts follow each other', () => {
  const pieces = drawn(barChart(CHART).svg);
  assert.equal(pieces.length, 11, 'nothing is drawn for nought or for what is not published');
  const unit = pieces[0]!.width / 412;
  const counts = [412, 120, 88, 14, 60, 33, 230, 75, 31, 22, 12];
  for (const [index, { width }] of pieces.entries()) {
    assert.ok(Math.abs(width - counts[index]! * unit) < 0.2, `${counts[index]}: ${width}`);
  }
  for (let index = 1; index < 6; index++) {
    const before = pieces[index - 1]!;
    assert.ok(Math.abs(before.x + before.width - pieces[index]!.x) < 0.2);
  }
});

test('the table has every count, and says what is not published', () => {
  const { data } = barChart({ ...CHART, unpublished: '1–4' });
  assert.deepEqual(data.rows[0], ['subpoena', '412', '120', '88', '14', '60', '33', '727']);
  assert.deepEqual(data.rows[1], ['search warrant', '230', '75', '31', '1–4', '22', '12', 'at least 370']);
  assert.deepEqual(data.rows[3]!.slice(1), Array(7).fill('1–4'));
  assert.equal(data.columns.length, 8);
});

test('the description says the counts, so the picture is not needed', () => {
  const { alt } = barChart(CHART);
  assert.match(alt, /^Bar chart of requests by instrument\. subpoena: 727 \(produced 412, in part 120,/);
  assert.match(alt, /search warrant: at least 370 .*withdrawn not published/);
  assert.match(alt, /national security letter: not published \(/);
  const many = barChart({
    ...CHART,
    parts: ['requests'],
    bars: Array.from({ length: 40 }, (_, n) => ({ name: `c${n}`, values: [n] })),
  });
  assert.match(many.alt, /And 28 more in the table\.$/);
  assert.equal(many.data.rows.length, 40);
});

test('six parts are told apart without colour', () => {
  const { svg } = barChart(CHART);
  const looks = [
    ...svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="14" height="12" fill="(#[0-9a-f]{6}|url\([^)]*\))"/g),
  ].map(([, fill]) => fill!);
  const grey = (colour: string) =>
    [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0) / 3;
  const solid = looks.filter((look) => look.startsWith('#')).map(grey);
  assert.equal(solid.length, 6);
  assert.equal(looks.length - solid.length, 3, 'three of them are striped, each its own way');
  const [first, , third, fourth] = solid;
  assert.ok(third! - first! > 80, 'dark beside pale');
  assert.ok(third! - fourth! > 80);
  assert.equal(new Set([...svg.matchAll(/patternTransform="([^"]+)"/g)].map(([, turn]) => turn)).size, 3);
});

test('hostile names stay text, long ones are cut in the picture only, and nothing points outside', () => {
  const name = `<script>alert(1)</script>\u202e"' ${'long '.repeat(60)}`;
  const { svg, data } = barChart({ ...CHART, parts: ['one', name], bars: [{ name, values: [1, 2] }] });
  assert.doesNotMatch(svg, /<script|<style|<image|href|\u202e/);
  for (const [, target] of svg.matchAll(/url\(([^)]*)\)/g)) assert.match(target!, /^#by-instrument-part-\d$/);
  assert.match(svg, /…/);
  assert.equal(data.rows[0]![0], name);
});

test('the same counts give the same picture; no bars, one bar and large counts are drawn', () => {
  assert.equal(barChart(CHART).svg, barChart(structuredClone(CHART)).svg);
  const one = (values: (number | null)[]) =>
    barChart({ ...CHART, parts: ['requests'], bars: [{ name: 'US', values }] });
  for (const figure of [barChart({ ...CHART, bars: [] }), one([0]), one([null]), one([1]), one([987_654_321])]) {
    assert.doesNotMatch(figure.svg, /NaN|Infinity|undefined|null/);
  }
  assert.match(one([987_654_321]).svg, />987,654,321</);
  assert.throws(() => barChart({ ...CHART, parts: [] }), RangeError);
  assert.throws(() => barChart({ ...CHART, parts: Array(7).fill('x') }), RangeError);
});
