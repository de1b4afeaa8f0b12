/** Takes the transfer encoding off the bytes of a part (RFC 2045, section 6); what does not fit it is said, never mended. */
import { Buffer } from 'node:buffer';
import { visible } from '../document/visible.ts';

export type Decoded = { bytes: Uint8Array; oddities: string[] };

export function decoded(body: Buffer, encoding: string): Decoded {
  switch (encoding) {
    case 'base64':
      return base64(body);
    case 'quoted-printable':
      return quotedPrintable(body);
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return { bytes: body, oddities: [] };
    default:
      return {
        bytes: body,
        oddities: [`Its encoding ‘${visible(encoding)}’ is not known; its bytes are as they stand.`],
      };
  }
}

/** Padding ends a unit: some mail programs pad every line, and what follows is a unit of its own. */
function base64(body: Buffer): Decoded {
  const text = body.toString('latin1').replace(/[\r\n\t ]+/g, '');
  const plain = text.replace(/[^A-Za-z0-9+/=]+/g, '');
  const units = plain.split(/=+/).filter((unit) => unit !== '');
  return {
    bytes:
      units.length === 1
        ? Buffer.from(units[0]!, 'base64')
        : Buffer.concat(units.map((unit) => Buffer.from(unit, 'base64'))),
    oddities: [
      ...(plain.length < text.length ? ['It holds characters that base64 has not; they were left out.'] : []),
      ...(units.some((unit) => unit.length % 4 === 1) ? ['Its base64 is cut short.'] : []),
    ],
  };
}

const [LF, CR, EQUALS, SPACE, TAB] = [10, 13, 61, 32, 9];

function quotedPrintable(body: Buffer): Decoded {
  const made = Buffer.alloc(body.length);
  let length = 0;
  let odd = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!;
    if (byte !== EQUALS) {
      made[length++] = byte;
      continue;
    }
    const [high, low] = [digit(body[at + 1]), digit(body[at + 2])];
    if (high >= 0 && low >= 0) {
      made[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    // A soft line break: `=` at the end of a line, spaces behind it allowed (section 6.7, rule 3).
    let next = at + 1;
    while (next - at < 80 && (body[next] === SPACE || body[next] === TAB)) next++;
    if (body[next] === CR) next++;
    if (body[next] === LF || next >= body.length) at = next;
    else {
      made[length++] = byte;
      odd = true;
    }
  }
  return {
    bytes: made.subarray(0, length),
    oddities: odd ? ['It holds an equals sign that is none of quoted-printable; it was left as it stands.'] : [],
  };
}

function digit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (byte >= 65 && byte <= 70) return byte - 55;
  return byte >= 97 && byte <= 102 ? byte - 87 : -1;
}
