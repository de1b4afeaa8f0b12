import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kuiper, kuiperChance, kuiperScaled, meanTime, rayleigh, watson, watsonChance } from './circular.ts';

const LATE = [22.5, 23.25, 0.5, 1, 23.75, 22, 0.25, 2.5, 21.5, 23].map((hour) => hour / 24);
const OPPOSITE = [8, 8.5, 9, 8.25, 20, 20.5, 21, 20.25].map((hour) => hour / 24);

const near = (actual: number, expected: number, step: number) =>
  assert.ok(Math.abs(actual - expected) <= step, `${actual} is not ${expected}`);

test('ten late sessions give the published statistics', () => {
  near(meanTime(LATE).resultant, 9.32465, 5e-6);
  near(meanTime(LATE).mean * 24, 23.6113, 5e-5);
  near(rayleigh(LATE), 1.1819e-5, 5e-10);
  near(kuiper(LATE), 0.791667, 5e-7);
  near(kuiperScaled(kuiper(LATE), 10), 2.686261, 5e-7);
  near(kuiperChance(kuiper(LATE), 10), 3.0084e-5, 5e-10);
  near(watson(LATE), 0.534169, 5e-7);
  near(watsonChance(watson(LATE)), 5.26985e-5, 5e-11);
});

test('two opposite peaks cancel in the mean and show in the other statistics', () => {
  near(meanTime(OPPOSITE).resultant, 0, 1e-9);
  near(rayleigh(OPPOSITE), 1, 1e-9);
  near(watson(OPPOSITE), 0.134711, 5e-7);
  near(watsonChance(watson(OPPOSITE)), 0.139975, 5e-7);
  near(kuiper(OPPOSITE), 0.458333, 5e-7);
  near(kuiperChance(kuiper(OPPOSITE), 8), 0.264719, 5e-7);
});

test('statistics do not depend on where the day is cut or on the order of the sessions', () => {
  const turned = LATE.map((share) => (share + 0.37) % 1).reverse();
  near(kuiper(turned), kuiper(LATE), 1e-12);
  near(watson(turned), watson(LATE), 1e-12);
  near(meanTime(turned).resultant, meanTime(LATE).resultant, 1e-12);
});
