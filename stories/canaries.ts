/**
 * Looking for words that must be nowhere: in every form in which a word can lie in bytes, and in whatever unpacks from
 * anywhere inside them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Every form in which a word could lie in bytes. */
export function formsOf(word: string): Buffer[] {
  const bytes = Buffer.from(word);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes, Buffer.alloc(3)]).toString('base64');
    const first = Math.ceil((shift * 8) / 6);
    return encoded.slice(first, first + Math.floor((bytes.length * 8) / 6) - 1);
  });
  return [
    bytes,
    Buffer.from(word, 'utf16le'),
    Buffer.from(word, 'utf16le').swap16(),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    Buffer.from([...bytes].map((byte) => `%${byte.toString(16)}`).join('')),
    ...base64.map((text) => Buffer.from(text)),
  ];
}

/** The bytes themselves and whatever unpacks from anywhere inside them. */
export function layersOf(bytes: Buffer): Buffer[] {
  const found = [bytes];
  const packers: [Buffer, (from: Buffer) => Buffer][] = [
    [Buffer.from([0x1f, 0x8b, 8]), gunzipSync],
    ...[0x01, 0x5e, 0x9c, 0xda].map((level): [Buffer, typeof inflateSync] => [Buffer.from([0x78, level]), inflateSync]),
    [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), zstdDecompressSync],
    [
      Buffer.from('PK\u0003\u0004'),
      (from) => inflateRawSync(from.subarray(30 + from.readUInt16LE(26) + from.readUInt16LE(28))),
    ],
  ];
  for (const [mark, unpack] of packers) {
    for (let at = bytes.indexOf(mark), tries = 0; at >= 0 && tries < 200; at = bytes.indexOf(mark, at + 1), tries++) {
      try {
        found.push(unpack(bytes.subarray(at)));
      } catch {
        // Not a packed stream after all.
      }
    }
  }
  return found;
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Canaries with a stem in common, which is looked for first: where no form of it is, none of them is. Lower case throughout,
 * so that an identifier made comparable still has it.
 */
export type Canaries = {
  /** A new word that must be found nowhere. */
  word(): string;
  made: string[];
  /** Those of them that lie in the bytes, in any form, packed or not. */
  in(bytes: Buffer): string[];
  inFile(path: string): string[];
};

export function canariesOf(stem: string): Canaries {
  const made: string[] = [];
  const stems = formsOf(stem);
  const within = (bytes: Buffer): string[] => {
    const layers = layersOf(bytes).filter((layer) => stems.some((form) => layer.includes(form)));
    if (layers.length === 0) return [];
    const found = made.filter((word) => formsOf(word).some((form) => layers.some((layer) => layer.includes(form))));
    return found.length > 0 ? found : [`the stem ${stem}`];
  };
  return {
    made,
    word() {
      const word = `zq${(made.length + 1).toString(36).padStart(4, '0')}${stem}${((made.length + 1) * 7919).toString(36)}`;
      made.push(word);
      return word;
    },
    in: within,
    inFile: (path) => within(readFileSync(path)),
  };
}
