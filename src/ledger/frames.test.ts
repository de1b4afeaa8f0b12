import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame, readFrames } from './frames.ts';

const ENTRIES = ['{"a":1}', '{"a":"two"}', '{"a":[3,3,3]}', '{}'].map((text) => Buffer.from(text));
const FILE = Buffer.concat(ENTRIES.map((entry) => frame(entry)));
const ENDS = readFrames(FILE).offsets;
const texts = (file: Uint8Array) => readFrames(file).entries.map((entry) => Buffer.from(entry).toString());

test('a frame is a length, a digest and the bytes', () => {
  assert.equal(
    Buffer.from(frame(Buffer.from('abc'))).toString('hex'),
    '00000003ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad616263',
  );
});

test('a file cut short at any byte gives exactly the whole frames before it', () => {
  for (let length = 0; length <= FILE.length; length += 1) {
    const whole = ENDS.filter((end) => end <= length).length - 1;
    const frames = readFrames(FILE.subarray(0, length));
    assert.deepEqual(texts(FILE.subarray(0, length)), ENTRIES.slice(0, whole).map(String));
    assert.equal(frames.damaged, null);
    const left = length - ENDS[whole]!;
    assert.deepEqual(frames.tail, left === 0 ? null : { lengthBytes: left, left: 'incomplete' });
  }
});

test('a byte changed before the last frame is damage at that frame, never a tail to cut', () => {
  for (let place = 0; place < ENDS.at(-2)!; place += 1) {
    const copy = Buffer.from(FILE);
    copy[place]! ^= 0x01;
    const index = ENDS.findLastIndex((end) => end <= place);
    const frames = readFrames(copy);
    assert.deepEqual([frames.damaged, frames.tail], [{ index, offset: ENDS[index] }, null], `byte ${place}`);
  }
});

test('a byte changed in the last frame is never read as an entry', () => {
  for (let place = ENDS.at(-2)!; place < FILE.length; place += 1) {
    const copy = Buffer.from(FILE);
    copy[place]! ^= 0x01;
    assert.equal(readFrames(copy).entries.length, ENTRIES.length - 1);
    assert.ok(readFrames(copy).tail !== null || readFrames(copy).damaged !== null);
  }
});

test('zeros that a file system leaves after a crash are a tail', () => {
  const padded = Buffer.concat([FILE, Buffer.alloc(4096)]);
  assert.deepEqual(readFrames(padded).tail, { lengthBytes: 4096, left: 'incomplete' });
  assert.equal(readFrames(padded).entries.length, ENTRIES.length);
});

test('an empty entry and one of 65,536 bytes have no frame', () => {
  assert.throws(() => frame(Buffer.alloc(0)), RangeError);
  assert.throws(() => frame(Buffer.alloc(65_536)), RangeError);
  assert.equal(readFrames(frame(Buffer.alloc(65_535, 1))).entries.length, 1);
});
