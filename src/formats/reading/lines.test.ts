/** Lines of text files: their numbers, and what is said of a line that is not text. */
import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { fileInMemory } from './files.ts';
import { type Line, readLines } from './lines.ts';

const READ: [string, Buffer, string[]][] = [
  ['lines of both ends', Buffer.from('a\r\nb\n\nc'), ['a', 'b', '', 'c']],
  ['a byte order mark', Buffer.from('\ufeffa\n'), ['a']],
  ['UTF-16 with its mark', Buffer.from('\ufeffé😀\r\nb\r\n', 'utf16le'), ['é😀', 'b']],
  ['nothing', Buffer.alloc(0), []],
  ['a single letter', Buffer.from('a'), ['a']],
  ['characters torn between chunks', Buffer.from('名😀\n名😀'), ['名😀', '名😀']],
];

for (const [what, bytes, lines] of READ) {
  test(`reads ${what}, however the bytes arrive`, async () => {
    const expected = lines.map((text, i) => ({ number: i + 1, text }));
    for (const size of [1, 2, 3, 100]) assert.deepEqual(await all(bytes, size), expected);
  });
}

test('a line that is not text is unreadable with its number, and the next is read', async () => {
  const lines = await all(Buffer.from('a\n\xe9\nb\n', 'latin1'), 100);
  assert.deepEqual(lines, [
    { number: 1, text: 'a' },
    { number: 2, unreadable: 'the line is not UTF-8 text' },
    { number: 3, text: 'b' },
  ]);
});

test('a line of more than 10 MiB is unreadable, and the next is read', async () => {
  const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.alloc(10 * 2 ** 20 + 1, 'x'), Buffer.from('\nb')]);
  for (const size of [2 ** 20, 2 ** 25]) {
    const lines = await all(bytes, size);
    assert.deepEqual(
      lines.map((line) => ('text' in line ? line.text : line.number)),
      ['a', 2, 'b'],
    );
  }
});

async function all(bytes: Buffer, size: number): Promise<Line[]> {
  const lines: Line[] = [];
  const stream = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  };
  for await (const line of readLines({ ...fileInMemory('f', bytes), stream })) lines.push(line);
  return lines;
}
