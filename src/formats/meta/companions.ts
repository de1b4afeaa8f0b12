/**
 * The files that are delivered next to a business record: an accompanying text and the media it links to.
 *
 * Media are counted by their digest; nothing in them is looked at. Whose they are is known from the one record in the
 * folder above, or not at all.
 */
import { createHash } from 'node:crypto';
import type { Draft } from '../../record/record.ts';
import type { Reading, ReturnFile, Sample } from '../format.ts';
import type { Account } from './account.ts';
import { readRequest } from './request.ts';
import { STATE } from './values.ts';

const RECORD = /(^|[/!])(records|index)\.html?$/i;
const TEXT = /(^|[/!])instructions\.txt$/i;
const LINKED = /(^|[/!])linked_media\/[^/]+$/i;
const MEDIUM = /\.(jpe?g|png|gif|webp|heic|mp4|mov|webm|m4a|mp3|ogg|opus|aac|wav)$/i;

export function isCompanion(name: string): boolean {
  return TEXT.test(name) || LINKED.test(name) || MEDIUM.test(name);
}

/** Why the file belongs to a business record, or null. Media outside `linked_media` need a `records.html` beside them. */
export function companionOf({ name, siblings }: Pick<Sample, 'name' | 'siblings'>): string | null {
  const beside = siblings.filter((sibling) => RECORD.test(sibling) && holds(folderOf(sibling), name));
  if (beside.length === 0) return null;
  if (TEXT.test(name)) return 'instructions beside a business record';
  if (LINKED.test(name)) return 'linked media of a business record';
  return MEDIUM.test(name) && beside.some((sibling) => /records\.html?$/i.test(sibling))
    ? 'a medium beside a business record'
    : null;
}

export async function* readCompanion(file: ReturnFile, siblings: ReturnFile[]): AsyncGenerator<Reading> {
  if (TEXT.test(file.name)) {
    yield { unreadable: 'accompanying text, kept in the original', locator: 'file' };
    return;
  }
  const hash = createHash('sha256');
  for await (const chunk of file.stream()) hash.update(chunk);
  const name = file.name.slice(Math.max(file.name.lastIndexOf('/'), file.name.lastIndexOf('!')) + 1);
  const record: Draft = {
    kind: 'fact',
    category: 'DC-13',
    subjects: (await accountBeside(file, siblings))?.subjects ?? [],
    ...STATE,
    values: { name: 'linked media', value: hash.digest('hex') },
    raw: { 'File name': name, 'Size in bytes': String(file.sizeBytes) },
  };
  yield { record, locator: 'file' };
}

/** One record may be asked for by thousands of media. */
const asked = new WeakMap<ReturnFile, Promise<Account>>();

function accountBeside(file: ReturnFile, siblings: ReturnFile[]): Promise<Account> | null {
  const own = folderOf(file.name).replace(/linked_media\/$/i, '');
  const records = siblings.filter(({ name }) => RECORD.test(name) && folderOf(name) === own);
  if (records.length !== 1) return null;
  const [record] = records as [ReturnFile];
  let account = asked.get(record);
  if (!account) {
    account = readRequest(record).then((request) => request.account);
    asked.set(record, account);
  }
  return account;
}

/** The folder with its last `/` or `!`; empty at the top. */
function folderOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
}

function holds(folder: string, name: string): boolean {
  return name.startsWith(folder) && !name.slice(folder.length).includes('!');
}
