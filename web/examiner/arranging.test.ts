import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exhibitWords, moved, named } from './arranging.ts';

test('a part is moved by a place and back, and nothing is lost', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 0, 1), ['b', 'a', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 2, -1), ['a', 'c', 'b']);
  assert.deepEqual(moved(['a', 'b'], 1, 1), ['a', 'b'], 'not beyond an end');
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(20), fc.constantFrom(-1, 1), (parts, from, by) => {
      const once = moved(parts, from, by);
      assert.deepEqual([...once].sort(), [...parts].sort());
      if (from + by >= 0 && from < parts.length && from + by < parts.length)
        assert.deepEqual(moved(once, from + by, -by), parts);
    }),
  );
});

test('an exhibit is named by what was asked, without what was left open', () => {
  const parameters = named({ kinds: 'lease', account: undefined, bins: 24, zone: null });
  assert.deepEqual(parameters, { kinds: 'lease', bins: '24' });
  assert.equal(exhibitWords({ question: 'hours', parameters }), 'hours (kinds lease; bins 24)');
  assert.equal(exhibitWords({ question: 'timeline', parameters: {} }), 'timeline');
});
