/** A zip whose files are stored, not packed, as the format has it; anything else is not taken. */
import { type Bytes, type Files, text } from './bytes.ts';

/** Null for what is no such zip. The names are those of its central directory. */
export function readZip(bytes: Bytes): Files | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) return null;
  const files: Files = new Map();
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50 || view.getUint16(at + 10, true) !== 0)
      return null;
    const size = view.getUint32(at + 24, true);
    const [nameLength, extra, comment] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const local = view.getUint32(at + 42, true);
    const name = text(bytes.subarray(at + 46, at + 46 + nameLength));
    if (name === null || files.has(name) || local + 30 > bytes.length || view.getUint32(local, true) !== 0x04034b50)
      return null;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + size > bytes.length || view.getUint32(at + 20, true) !== size) return null;
    files.set(name, async () => bytes.slice(start, start + size));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}
