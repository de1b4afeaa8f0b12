import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { threadsOf } from './threads.ts';

const note = (number: number, about: number | string | null) => ({
  note: String(number).padStart(6, '0'),
  about: typeof about === 'number' ? String(about).padStart(6, '0') : about,
});
const read = (notes: ReturnType<typeof note>[]) =>
  threadsOf(notes).map(({ first, answers }) => [first, ...answers].map(({ note: one }) => Number(one)));

test('answers stand below what they answer, and answers to answers in the same thread', () => {
  assert.deepEqual(read([note(1, null), note(2, null), note(3, 1), note(4, 3), note(5, 2)]), [
    [1, 3, 4],
    [2, 5],
  ]);
  assert.deepEqual(read([note(2, 'ab12'.repeat(16)), note(1, null)]), [[1], [2]], 'a note on a finding begins its own');
  assert.deepEqual(read([note(3, 1)]), [[3]], 'what it answers may be withheld');
});

test('every note stands once, whatever it says it answers', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 1, max: 30 })), { maxLength: 30 }), (abouts) => {
      const notes = abouts.map((about, index) => note(index + 1, about));
      assert.deepEqual(read(notes).flat().toSorted((a, b) => a - b), notes.map((_, index) => index + 1));
    }),
  ); // biome-ignore format: one property
});
