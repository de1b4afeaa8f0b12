/**
 * What an account holder downloads from Facebook or Instagram about themselves: logins, sessions, devices, profile.
 *
 * The JSON form only. Every other file of the export is listed as not read: messages, posts and photos are content that
 * this format does not open. Meta's business record, made for legal process, is another format.
 */
import type { Identifier } from '../record/identifier.ts';
import { noTime } from '../record/stamp.ts';
import { format, type Reading, type ReturnFile } from './format.ts';
import { baseName, besideRead, inExportFolder, isReadPath } from './meta-download/export-path.ts';
import { decodedText, holderOf } from './meta-download/holder.ts';
import { flattened, isObject, type JsonObject, type JsonValue, pathTo, readJson } from './meta-download/json-text.ts';
import { isLoginHistory, readLogin } from './meta-download/login-history.ts';
import { repaired } from './meta-download/mojibake.ts';
import { readPersonal, readProfile } from './meta-download/profile.ts';
import { draft, epoch, isSection, readRow, tellsMeta, unversioned } from './meta-download/sections.ts';

const LIMIT_BYTES = 512 * 1024 * 1024;
const FIRST_KEY = /^\s*\{\s*"((?:[^"\\]|\\.){1,80})"\s*:/;

export default format({
  title: "Account holder's own download from Facebook or Instagram (JSON)",
  support: 'documented',
  sources: ['Field names as public importers of the export read them; Meta publishes no list'],
  limits:
    'City, region and country are what Meta guessed from the address when the export was made; they are no place. ' +
    'The holder chose what to include and for which dates, and nothing is signed: a missing entry proves nothing. ' +
    'Texts Meta wrote byte by byte are put right. What the times of browser cookies mark is not known. Parts of one ' +
    'export in separate zips are separate exports, so their account can be unknown.',
  kinds: ['session', 'fact'],
  recognise({ name, text, siblings }) {
    const key = FIRST_KEY.exec(text)?.[1];
    if (key !== undefined && tellsMeta(key)) return `key ${unversioned(key)}`;
    if (isReadPath(name)) return 'path of the export';
    return besideRead(name, siblings) ? "beside the export's login files" : null;
  },

  async *read(file, context): AsyncIterable<Reading> {
    const { ending } = baseName(file.name);
    if (ending === 'html') {
      yield { unreadable: 'an HTML export: ask for the JSON form', locator: 'file' };
      return;
    }
    if (!(await isRead(file))) {
      yield { unreadable: 'not a file of this format that is read', locator: 'file' };
      return;
    }
    const text = decodedText(await file.bytes(LIMIT_BYTES));
    if (text === null) {
      yield { unreadable: 'the bytes are not UTF-8', locator: 'file' };
      return;
    }
    const { value, brokenAt, twice } = readJson(text, repaired);
    const holder = await holderOf(file, context.siblings);
    if (isObject(value)) {
      for (const [key, part] of Object.entries(value)) {
        for (const reading of readPart(key, part, value, holder)) yield* checked(reading, brokenAt, twice);
      }
    } else if (brokenAt === null) yield { unreadable: 'not a file of this format that is read', locator: '$' };
    if (brokenAt !== null) yield { unreadable: 'the file ends or stops being JSON here', locator: brokenAt };
  },
});

/** By name and folder, or by its first key: the many other files of an export are not opened. */
async function isRead(file: ReturnFile): Promise<boolean> {
  if (baseName(file.name).ending !== 'json' && inExportFolder(file.name)) return false;
  if (isReadPath(file.name)) return true;
  let head = Buffer.alloc(0);
  for await (const chunk of file.stream()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= 4096) break;
  }
  const key = FIRST_KEY.exec(head.toString('utf8').replace(/^\uFEFF/, ''))?.[1];
  return key !== undefined && tellsMeta(key);
}

function* readPart(key: string, part: JsonValue, file: JsonObject, holder: Identifier[]): Iterable<Reading> {
  const path = pathTo('$', key);
  const name = unversioned(key);
  if (name === 'profile' && isObject(part)) {
    yield statedBy(holder);
    yield* readProfile(part, path, holder);
  } else if (name === 'profile_user' && Array.isArray(part)) {
    yield statedBy(holder);
    yield* readPersonal(part, path, holder);
  } else if (name === 'datr_stats' && isObject(part)) yield* cookies(part, path, holder);
  else if ((isSection(key) || isLoginHistory(key)) && Array.isArray(part)) {
    for (const [place, row] of part.entries()) {
      const locator = pathTo(path, place);
      const raw = flattened(row);
      if (!isObject(row)) yield { unreadable: 'a row that is not an object', locator, raw };
      else {
        const read = isSection(key) ? readRow(key, raw, holder) : readLogin(key, row, holder);
        yield 'unreadable' in read ? { ...read, locator, raw } : { record: read, locator };
      }
    }
  } else if (key === 'fbid' && typeof part === 'string') {
    yield statedBy(holder);
    yield { record: fact('DC-01', 'facebook id', part, holder, { fbid: part }), locator: path };
  } else if (key === 'timestamp' && typeof part === 'string' && typeof file.fbid === 'string') {
    const stamp = epoch(part);
    const values = { name: 'registration', as_of: stamp?.began ?? undefined };
    yield stamp
      ? { record: draft('fact', 'DC-03', holder, stamp, { timestamp: part }, values), locator: path }
      : { unreadable: 'a time that is no count of seconds', locator: path };
  } else yield { unreadable: 'a part of the file that this format does not read', locator: path, raw: flattened(part) };
}

/** A masked browser cookie and the times listed under it. */
function* cookies(part: JsonObject, path: string, holder: Identifier[]): Iterable<Reading> {
  for (const [cookie, times] of Object.entries(part)) {
    const listed = Array.isArray(times) ? times : [times];
    for (const [place, time] of listed.entries()) {
      const locator = pathTo(pathTo(path, cookie), place);
      const raw = { datr_cookie: cookie, ...flattened({ time }) };
      const stamp = typeof time === 'string' ? epoch(time) : null;
      yield stamp
        ? { record: draft('session', 'DC-05', holder, stamp, raw, { action: 'browser cookie listed' }), locator }
        : { unreadable: 'a time that is no count of seconds', locator, raw };
    }
  }
}

function fact(category: string, name: string, value: string, holder: Identifier[], raw: Record<string, string>) {
  return draft('fact', category, holder, noTime(), raw, { name, value });
}

/** Meta's export states only whose it is. */
function statedBy(holder: Identifier[]): Reading {
  return { stated: { targets: holder, began: null, ended: null, generated: null, fields: {} } };
}

/** A row cut by the end of the file is left to the word on that; one that names a field twice has no single reading. */
function* checked(reading: Reading, brokenAt: string | null, twice: string[]): Iterable<Reading> {
  if ('stated' in reading) yield reading;
  else if (brokenAt !== null && within(brokenAt, reading.locator)) return;
  else if (twice.some((path) => within(path, reading.locator))) {
    const raw = 'record' in reading ? reading.record.raw : 'raw' in reading ? reading.raw : undefined;
    yield { unreadable: 'an object that names a field twice', locator: reading.locator, ...(raw ? { raw } : {}) };
  } else yield reading;
}

function within(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}
