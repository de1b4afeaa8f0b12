/**
 * The messages of a syslog file: one a line, or each after a count of its bytes (RFC 6587, 3.4.1).
 *
 * The first byte tells which: a message starts with `<`, a count with a digit. A broken count ends the reading, because
 * nothing after it says where the next message starts.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import type { Locator } from '../../record/record.ts';
import type { ReturnFile } from '../format.ts';
import { readLines, utf8 } from '../reading/lines.ts';

export type Frame = { text: string; locator: Locator } | { unreadable: string; locator: Locator };

const MESSAGE_LIMIT_BYTES = 10 * 1024 * 1024;

/** Empty lines are passed over. Counted messages are `frame N`, others `line N`, from 1. */
export async function* syslogFrames(file: ReturnFile): AsyncIterable<Frame> {
  if (await isCounted(file)) {
    yield* countedFrames(file);
    return;
  }
  for await (const line of readLines(file)) {
    const locator = `line ${line.number}`;
    if ('unreadable' in line) yield { unreadable: line.unreadable, locator };
    else if (line.text.trim() !== '') yield { text: line.text, locator };
  }
}

async function isCounted(file: ReturnFile): Promise<boolean> {
  let head = '';
  for await (const chunk of utf8(file)) {
    head += chunk.toString('latin1', 0, 16);
    if (head.length > 10) break;
  }
  return /^[1-9]\d{0,7} </.test(head);
}

async function* countedFrames(file: ReturnFile): AsyncIterable<Frame> {
  let held = Buffer.alloc(0);
  let number = 1;
  for await (const chunk of utf8(file)) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : Buffer.from(chunk);
    for (;;) {
      const count = countOf(held);
      if (count === 'none') {
        yield {
          unreadable: 'a count of bytes is expected here; nothing after it was read',
          locator: `frame ${number}`,
        };
        return;
      }
      if (count === 'more' || held.length < count.start + count.bytes) break;
      const message = held.subarray(count.start, count.start + count.bytes);
      yield frame(message, `frame ${number}`);
      held = held.subarray(count.start + count.bytes);
      number += 1;
    }
  }
  if (held.toString('latin1').trim() !== '') {
    yield { unreadable: 'the file ends before the message does', locator: `frame ${number}` };
  }
}

/** The count at the start of what is held; some senders end each message with a line feed that is not counted. */
function countOf(held: Buffer): { start: number; bytes: number } | 'more' | 'none' {
  const head = held.toString('latin1', 0, 32);
  const found = /^[\r\n]*([1-9]\d{0,7}) /.exec(head);
  if (!found) return /^[\r\n]*\d{0,8}$/.test(head) ? 'more' : 'none';
  const bytes = Number(found[1]);
  return bytes > MESSAGE_LIMIT_BYTES ? 'none' : { start: found[0].length, bytes };
}

function frame(message: Buffer, locator: Locator): Frame {
  if (!isUtf8(message)) return { unreadable: 'the message is not UTF-8 text', locator };
  return { text: message.toString('utf8').replace(/\r?\n$/, ''), locator };
}
