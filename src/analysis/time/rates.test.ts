import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bounds, clopperPearson, hoeffding, jeffreys, rateInterval, zeroOf } from './rates.ts';

const near = (bounds: Bounds | null, low: number, high: number) => {
  assert.ok(bounds);
  assert.ok(Math.abs(bounds.low - low) <= 5.1e-5, `${bounds.low} is not ${low}`);
  assert.ok(Math.abs(bounds.high - high) <= 5.1e-5, `${bounds.high} is not ${high}`);
};

test('rates per hour have the published intervals, none seen included', () => {
  const none = rateInterval(0, 10)!;
  assert.equal(none.low.toFixed(4), '0.0002');
  assert.equal(none.high.toFixed(3), '0.192');
  near(rateInterval(4, 26), 0.0639, 0.3254);
});

test('an hour without exposure has no rate', () => {
  assert.equal(rateInterval(0, 0), null);
});

test('shares have the published guaranteed intervals', () => {
  near(clopperPearson(0, 10), 0, 0.2589);
  near(clopperPearson(1, 10), 0.0051, 0.3942);
  near(clopperPearson(3, 10), 0.0873, 0.6066);
  near(clopperPearson(2, 40), 0.009, 0.1492);
  assert.equal(clopperPearson(10, 10).high, 1);
});

test('the display interval lies inside the guaranteed one', () => {
  for (let k = 0; k <= 10; k += 1) {
    const [inner, outer] = [jeffreys(k, 10), clopperPearson(k, 10)];
    assert.ok(inner.low >= outer.low && inner.high <= outer.high + 1e-12, `${k} of 10`);
  }
});

test('distribution-free and zero-count limits have the published values', () => {
  assert.equal(hoeffding(10).toFixed(3), '0.387');
  assert.ok(Math.abs(zeroOf(100) - 0.0295) < 5e-5);
});
