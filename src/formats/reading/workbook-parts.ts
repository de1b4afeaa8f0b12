/**
 * The parts of a zipped workbook, checked against what the archive promises, and the long numbers as they stand in them.
 *
 * A number is a double to every spreadsheet program and to the library that reads them for us, and a double keeps no more
 * than fifteen digits for sure. Programs that are none of those write account numbers of seventeen.
 */
import { Buffer } from 'node:buffer';
import { Problem } from '../../base/problem.ts';
import { fileInMemory, gathered } from './files.ts';
import type { Member } from './zip.ts';

const UNPACKED_LIMIT_BYTES = 2 ** 30;
const LIMITS = { entries: 10_000, totalBytes: UNPACKED_LIMIT_BYTES, ratio: 1000, ratioFloorBytes: 2 ** 20 };

/** A part by its path, such as `xl/workbook.xml`; null when the workbook has none of that name. */
export type Parts = (path: string) => Promise<Buffer | null>;

/** Throws `formats/too-large` for parts of more than 1 GiB, or why they are not what the archive promises. */
export async function checkedParts(name: string, bytes: Uint8Array): Promise<Parts> {
  const { readDirectory } = await import('./zip.ts');
  const directory = await readDirectory(fileInMemory(name, bytes), LIMITS);
  if ('refused' in directory) throw new Problem(directory.code, directory.refused, { why: directory.refused });
  let total = 0;
  const members = new Map<string, Member>();
  for (const member of directory.members) {
    if ('refused' in member) throw new Problem(member.code, member.refused, { why: member.refused });
    members.set(member.name.slice(name.length + 1), member);
    for await (const chunk of member.stream()) total += chunk.length;
    if (total > UNPACKED_LIMIT_BYTES) {
      const message = `${name} unpacks to more than ${UNPACKED_LIMIT_BYTES} bytes. Nothing of it was read.`;
      throw new Problem('formats/too-large', message, { name, limitBytes: UNPACKED_LIMIT_BYTES });
    }
  }
  return async (path) => {
    const member = members.get(path);
    return member ? Buffer.from(await gathered(path, member.stream(), member.sizeBytes)) : null;
  };
}

/** Whole numbers of sixteen digits and more by their cell (`B7`), of the sheet that stands at `index` in the workbook. */
export async function longNumbers(parts: Parts, index: number): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const path = await sheetPath(parts, index);
  const sheet = path === null ? null : await parts(path);
  if (sheet === null || sheet.length > 2 ** 28) return found;
  const cells = /<c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>(?:<f\b[^>]*?(?:\/>|>[^<]*<\/f>))?<v>(-?[1-9]\d{15,})<\/v>/g;
  for (const [, cell, digits] of sheet.toString('latin1').matchAll(cells)) found.set(cell!, digits!);
  return found;
}

/** From the list of sheets over the list of relationships to the part (ECMA-376, part 1, 18.2.19). */
async function sheetPath(parts: Parts, index: number): Promise<string | null> {
  const [book, relations] = await Promise.all([parts('xl/workbook.xml'), parts('xl/_rels/workbook.xml.rels')]);
  const sheet = book?.toString('utf8').match(/<sheet\b[^>]*>/g)?.[index];
  const id = sheet && /\br:id="([^"]*)"/.exec(sheet)?.[1];
  const relation = relations
    ?.toString('utf8')
    .match(/<Relationship\b[^>]*>/g)
    ?.find((one) => /\bId="([^"]*)"/.exec(one)?.[1] === id);
  const target = relation && /\bTarget="([^"]*)"/.exec(relation)?.[1];
  if (!target) return null;
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}
