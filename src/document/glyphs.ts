/** Which characters a typeface can draw, read from its own table; what it cannot draw is written out, not lost. */
import { codePoint } from './visible.ts';

/** The code points in the character map of a TrueType font (formats 4 and 12). */
export function lettersOf(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const found = new Set<number>();
  for (let table = 0; table < view.getUint16(4); table++) {
    const at = 12 + table * 16;
    if (Buffer.from(font.subarray(at, at + 4)).toString('latin1') !== 'cmap') continue;
    const cmap = view.getUint32(at + 8);
    for (let record = 0; record < view.getUint16(cmap + 2); record++) {
      readMap(view, cmap + view.getUint32(cmap + 4 + record * 8 + 4), found);
    }
  }
  return found;
}

function readMap(view: DataView, at: number, found: Set<number>): void {
  const format = view.getUint16(at);
  if (format === 12) {
    for (let group = 0; group < view.getUint32(at + 12); group++) {
      const [first, last] = [view.getUint32(at + 16 + group * 12), view.getUint32(at + 20 + group * 12)];
      for (let code = first; code <= last; code++) found.add(code);
    }
  } else if (format === 4) {
    const segments = view.getUint16(at + 6) / 2;
    for (let segment = 0; segment < segments; segment++) {
      const last = view.getUint16(at + 14 + segment * 2);
      const first = view.getUint16(at + 16 + segments * 2 + segment * 2);
      for (let code = first; code <= last && code < 0xffff; code++) found.add(code);
    }
  }
}

/** `text` with every character outside `letters` as `‹U+0644›`. */
export function drawable(text: string, letters: ReadonlySet<number>): string {
  return Array.from(text, (character) =>
    letters.has(character.codePointAt(0)!) ? character : codePoint(character),
  ).join('');
}
