/** A sealed package as a test takes it apart: opened with the key it was sealed to, file by file, and sealed again. */
import { createReadStream, writeFileSync } from 'node:fs';
import { sealTo, unseal } from '../../src/custody/seal.ts';
import { openHouse } from '../../src/desk/house.ts';

/** A file of the zip: its path in the bag, and where its bytes stand in the zip, which compresses nothing. */
export type Inside = { path: string; from: number; to: number };

/** The age identity of a desk, which its own commands never show. */
export async function identityOf(data: string): Promise<string> {
  await using house = await openHouse(data, 'R. Alder');
  const identity = house.keys.identity();
  if (identity === null) throw new Error(`${data} has no recipient key`);
  return identity;
}

export async function opened(path: string, identity: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of unseal(identity, createReadStream(path))) pieces.push(piece);
  return Buffer.concat(pieces);
}

export async function sealedAgain(zip: Uint8Array, recipient: string, path: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield zip;
  }
  for await (const piece of sealTo(recipient, whole())) pieces.push(piece);
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

/** Reads the central directory (APPNOTE.TXT 6.3, 4.3.12) of a zip that fits into 32 bits. */
export function filesIn(zip: Buffer): Inside[] {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const files: Inside[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [sizeBytes, nameBytes] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push({ path: name.slice(name.indexOf('/') + 1), from, to: from + sizeBytes });
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

export function withByteChanged(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = changed[at]! ^ 1;
  return changed;
}
