/** A zip that is the same bytes every time: entries stored as they are, all dated alike, no time of day of this machine. */
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

type Entry = { name: string; content: string | Uint8Array };

/** 12 April 2017, noon, as MS-DOS writes it: such a date has no zone. */
const DATED = (((2017 - 1980) << 25) | (4 << 21) | (12 << 16) | (12 << 11)) >>> 0;

export async function archive(entries: Entry[]): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    // Stored, not deflated: what a deflater writes may change with its version.
    level: 0,
    useWebWorkers: false,
    extendedTimestamp: false,
    rawLastModDate: DATED,
    lastModDate: new Date(1_491_998_400_000),
  });
  for (const { name, content } of entries) {
    await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content));
  }
  return writer.close();
}
