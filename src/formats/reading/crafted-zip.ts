/** Archives for tests, made byte by byte, so that they can say what no honest writer would. */
import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';

export type Part = {
  name: string | Buffer;
  bytes?: Buffer;
  /** What the archive says of it, where that is not the truth. */
  says?: { crc?: number; size?: number; packed?: number };
  localName?: string;
  flags?: number;
  method?: number;
  mode?: number;
  /** The part whose header the list points at instead of its own. */
  at?: number;
  zip64?: boolean;
};

/** Local headers with their bytes, the central directory and its end record, as APPNOTE.TXT 6.3 lays them out. */
export function zipOf(parts: Part[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const part of parts) {
    const { method = 8, flags = 0, says = {}, mode = 0o100644, zip64 = false } = part;
    const bytes = part.bytes ?? Buffer.alloc(0);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const sizes = { crc: crc32(bytes), size: bytes.length, packed: packed.length, ...says };
    const name = Buffer.from(part.name);
    const header = (signature: number, centralName: Buffer, at?: number) => {
      const isCentral = at !== undefined;
      const fields = Buffer.alloc(isCentral ? 46 : 30);
      const base = isCentral ? 6 : 4;
      fields.writeUInt32LE(signature, 0);
      if (isCentral) fields.writeUInt16LE((3 << 8) | 45, 4);
      fields.writeUInt16LE(zip64 ? 45 : 20, base);
      fields.writeUInt16LE(flags, base + 2);
      fields.writeUInt16LE(method, base + 4);
      fields.writeUInt32LE(0x5a21_0000, base + 6);
      fields.writeUInt32LE(sizes.crc, base + 10);
      fields.writeUInt32LE(zip64 ? 0xffffffff : sizes.packed, base + 14);
      fields.writeUInt32LE(zip64 ? 0xffffffff : sizes.size, base + 18);
      fields.writeUInt16LE(centralName.length, base + 22);
      const extra = Buffer.alloc(zip64 ? 20 : 0);
      if (zip64) {
        extra.writeUInt16LE(1, 0);
        extra.writeUInt16LE(16, 2);
        extra.writeBigUInt64LE(BigInt(sizes.size), 4);
        extra.writeBigUInt64LE(BigInt(sizes.packed), 12);
      }
      fields.writeUInt16LE(extra.length, base + 24);
      if (isCentral) {
        fields.writeUInt32LE((mode << 16) >>> 0, 38);
        fields.writeUInt32LE(at, 42);
      }
      return Buffer.concat([fields, centralName, extra]);
    };
    offsets.push(offset);
    const at = part.at === undefined ? offset : offsets[part.at]!;
    const local = Buffer.concat([header(0x04034b50, Buffer.from(part.localName ?? name)), packed]);
    if (part.at === undefined) {
      locals.push(local);
      offset += local.length;
    }
    central.push(header(0x02014b50, name, at));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
