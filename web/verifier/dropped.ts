/** Files as a person brings them: chosen, or dropped as folders. */
import type { Bytes, Files } from './bytes.ts';

/** `path` where it lay in a folder that was dropped. */
export type Found = File & { path?: string };

export function readable(found: readonly Found[]): Files {
  return new Map(
    found.map((file) => [
      file.path || file.webkitRelativePath || file.name,
      async () => new Uint8Array(await file.arrayBuffer()) as Bytes,
    ]),
  );
}

/** Everything that was dropped, folders with all that is in them. */
export async function dropped({ items }: DataTransfer): Promise<Found[]> {
  // Read at once: what was dropped is gone after the first wait.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: Found[] = [];
  for (const entry of entries) await walked(entry, found);
  return found;
}

async function walked(entry: FileSystemEntry, into: Found[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<Found>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    Object.defineProperty(file, 'path', { value: entry.fullPath.replace(/^\//, '') });
    into.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return;
    for (const one of some) await walked(one, into);
  }
}
