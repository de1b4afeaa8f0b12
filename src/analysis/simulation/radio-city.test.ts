/** S1 at full size: do the areas hold the true place as often as they say, in a city the model did not make? */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitAnchors, type Unit } from '../place/anchors.ts';
import { gridFor } from '../place/grid.ts';
import { areaOf, credibleLevel, members } from '../place/hdr.ts';
import { densitiesOf, layerOf } from '../place/layer.ts';
import { sector } from '../place/sector.ts';
import { spacingAround } from '../place/spacing.ts';
import type { Surface } from '../place/surface.ts';
import { radioSubject, type Subject } from './radio-city.ts';

const SEED = 21;
/** Two binomial standard errors at a level, beside the stated tolerance. */
const chanceError = (level: number, n: number) => 2 * Math.sqrt((level * (1 - level)) / n);

const dayOf = (n: number) => `day ${String(n % 20).padStart(2, '0')}`;

function unitsOf({ records, sites }: Subject, repeats = 0) {
  const units = new Map<string, { id: string; surface: Surface; sessionsByDay: Map<string, number> }>();
  records.forEach((cell, n) => {
    const id = `${cell.site}-${cell.sector}`;
    const unit = units.get(id) ?? {
      id,
      surface: sector({ ...cell, spacing: spacingAround(cell, sites)! }),
      sessionsByDay: new Map(),
    };
    unit.sessionsByDay.set(dayOf(n), (unit.sessionsByDay.get(dayOf(n)) ?? 0) + 1);
    units.set(id, unit);
  });
  const sorted = [...units.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const repeated = [...units.values()][0]!.sessionsByDay;
  for (let n = 0; n < repeats; n += 1) repeated.set(dayOf(n), (repeated.get(dayOf(n)) ?? 0) + 1);
  return sorted;
}

function anchorsFor(subject: Subject, repeats = 0) {
  const units = unitsOf(subject, repeats);
  const grid = gridFor(units.map(({ surface }) => surface));
  const laid: Unit[] = units.map(({ id, surface, sessionsByDay }) => ({
    id,
    sessionsByDay,
    layer: layerOf(grid, surface.moved(100)),
  }));
  const fit = fitAnchors(grid, laid);
  const best = fit.shares.indexOf(Math.max(...fit.shares));
  const densities = fit.anchors[best]!.map((mass, n) => mass / grid.areasKm2[n]!);
  return { grid, fit, densities, units: units.length, areaKm2: areaOf(grid, members(grid, densities, 0.9)) };
}

function coverage(levels: number[], level: number): number {
  return levels.filter((one) => one <= level).length / levels.length;
}

test(`one record’s 90 % area holds the phone in nine of ten of 1,000 cases (T7, seed ${SEED})`, () => {
  const levels = Array.from({ length: 1000 }, (_, n) => {
    const { records, sites, positions } = radioSubject(SEED, n, { records: 1 });
    // The simulator misplaces no record, so the share of misplaced ones is left out.
    const surface = { ...sector({ ...records[0]!, spacing: spacingAround(records[0]!, sites)! }), epsilon: 0 };
    const grid = gridFor([surface]);
    return (
      credibleLevel(grid, densitiesOf(grid, layerOf(grid, surface)), positions[0]!.latitude, positions[0]!.longitude) ??
      1
    );
  });
  assert.ok(Math.abs(coverage(levels, 0.9) - 0.9) <= 0.03 + chanceError(0.9, 1000), `${coverage(levels, 0.9)}`);
  assert.ok(Math.abs(coverage(levels, 0.5) - 0.5) <= 0.05 + chanceError(0.5, 1000), `${coverage(levels, 0.5)}`);
});

test(`the anchor’s 90 % area holds the true place in nine of ten of 400 cases and stays sharp (seed ${SEED})`, () => {
  const found = Array.from({ length: 400 }, (_, n) => {
    const subject = radioSubject(SEED, n);
    const { grid, densities, units, areaKm2, fit } = anchorsFor(subject);
    const level = credibleLevel(grid, densities, subject.anchor.latitude, subject.anchor.longitude) ?? 1;
    return { level, units, areaKm2, count: fit.anchors.length };
  });
  const levels = found.map(({ level }) => level);
  assert.ok(Math.abs(coverage(levels, 0.9) - 0.9) <= 0.03 + chanceError(0.9, 400), `90 %: ${coverage(levels, 0.9)}`);
  // Cells that serve a place say more together than alone: the 50 % area errs to the large side (reference measured .54).
  assert.ok(coverage(levels, 0.5) >= 0.45 && coverage(levels, 0.5) <= 0.68, `50 %: ${coverage(levels, 0.5)}`);
  const three = found
    .filter(({ units }) => units === 3)
    .map(({ areaKm2 }) => areaKm2)
    .sort((a, b) => a - b);
  assert.ok(
    three[Math.floor(three.length / 2)]! <= 0.8,
    `median area with three cells ${three[Math.floor(three.length / 2)]}`,
  );
  assert.ok(found.filter(({ count }) => count === 1).length >= 380, 'one place was taken for several');
});

test(`with a fifth of the antenna directions wrong the 90 % area still holds the place in 85 % of 200 cases (seed 22)`, () => {
  const levels = Array.from({ length: 200 }, (_, n) => {
    const subject = radioSubject(22, n, { wrongAzimuths: 0.2 });
    const { grid, densities } = anchorsFor(subject);
    return credibleLevel(grid, densities, subject.anchor.latitude, subject.anchor.longitude) ?? 1;
  });
  assert.ok(coverage(levels, 0.9) >= 0.85 - chanceError(0.85, 200), `${coverage(levels, 0.9)}`);
});

test('two places three kilometres apart are told apart in nine of ten of 60 cases (seed 23)', () => {
  const two = Array.from({ length: 60 }, (_, n) => {
    const subject = radioSubject(23, n, {
      records: 20,
      offsets: [
        [0, 0],
        [2200, 2200],
      ],
    });
    return anchorsFor(subject).fit.anchors.length;
  });
  assert.ok(two.filter((count) => count === 2).length >= 54, `${two}`);
});

test('the same record fifty times more changes the anchor’s 90 % area by less than 1 %', () => {
  for (let n = 0; n < 10; n += 1) {
    const subject = radioSubject(24, n);
    const [once, often] = [anchorsFor(subject).areaKm2, anchorsFor(subject, 50).areaKm2];
    assert.ok(Math.abs(often / once - 1) < 0.01, `subject ${n}: ${once} and ${often}`);
  }
});
