import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changedLines } from './changed-lines.ts';

test('a change is shown with the lines around it', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].join('\n');
  assert.deepEqual(changedLines(before, before), []);
  assert.deepEqual(
    changedLines(before, before.replace('d', 'D')).map(({ kind, text }) => `${kind} ${text}`),
    ['same b', 'same c', 'gone d', 'added D', 'same e', 'same f'],
  );
});

test('what stayed and came is the new text, what stayed and went the old', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after);
      const lines = changedLines(before, after);
      const shown = (kind: 'added' | 'gone') => lines.filter((line) => line.kind === kind).map((line) => line.text);
      const count = (list: string[], one: string) => list.filter((other) => other === one).length;
      for (const letter of ['a', 'b', 'c', ''])
        assert.equal(
          count(shown('added'), letter) - count(shown('gone'), letter),
          count(after.split('\n'), letter) - count(before.split('\n'), letter),
        );
    }),
  );
});
