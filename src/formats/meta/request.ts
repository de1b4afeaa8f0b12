/**
 * What a business record says of itself: account, range, ticket, from its section `request_parameters`.
 *
 * Labels are found by their text, in any order and number. The section may stand after the rows it is about, so the
 * file is searched for it first. A record that names two targets leaves its rows without a subject: which row is whose
 * cannot be told.
 */
import type { Identifier } from '../../record/identifier.ts';
import type { ReturnFile, Stated } from '../format.ts';
import { type Account, accountsIn, serviceOf } from './account.ts';
import { decoded } from './decoded.ts';
import { key } from './label.ts';
import { type Block, Markup } from './markup.ts';
import { Mender } from './page-break.ts';
import { readTime } from './values.ts';

export const REQUEST = 'request_parameters';
export const REQUEST_LABELS = [
  'Service', 'Internal Ticket Number', 'Target', 'Account Identifier', 'Account Type', 'Generated', 'Date Range',
]; // biome-ignore format: a list

type Request = { stated: Stated | null; account: Account };

/** Reads as far into the file as its last request section. A section cut short states what stands before the cut. */
export async function readRequest(file: ReturnFile): Promise<Request> {
  const expected = await countSections(file);
  const fields: [name: string, value: string][] = [];
  let seen = 0;
  const labels = { labels: new Set(REQUEST_LABELS.map(key)) };
  const mender = new Mender((section) => (section === REQUEST ? labels : null), {
    block: (block) => note(block, fields),
    sectionEnd: (section) => {
      if (section === REQUEST) seen += 1;
    },
  });
  const markup = new Markup(mender);
  if (expected > 0) {
    for await (const text of decoded(file)) {
      markup.write(text);
      if (seen >= expected) break;
    }
  }
  return requestOf(fields);
}

function note(block: Block, fields: [string, string][]): void {
  if (block.section !== REQUEST || block.holds || block.label === '' || block.value === '') return;
  if (!key(block.label).endsWith('definition')) fields.push([block.label, block.value]);
}

function requestOf(fields: [string, string][]): Request {
  const all = (label: string) => fields.filter(([name]) => key(name) === key(label)).map(([, value]) => value);
  const service = serviceOf(all('Service')[0]);
  const targets = distinct(all('Target').flatMap((text) => accountsIn(text, service)));
  const named = distinct(all('Account Identifier').flatMap((text) => accountsIn(text, service)));
  const [from, to] = (all('Date Range')[0] ?? '').replace(/\s*\n\s*/g, ' ').split(/\s+to\s+/);
  const generated = readTime(all('Generated')[0] ?? '', undefined)?.began ?? null;
  const kept: Record<string, string> = {};
  for (const [name, value] of fields) kept[kept[name] === undefined ? name : `${name} ${fields.length}`] = value;
  const stated: Stated = {
    targets: targets.length > 0 ? targets : named,
    began: readTime(from ?? '', undefined)?.began ?? null,
    ended: endOf(to ?? ''),
    generated,
    fields: kept,
  };
  const one = targets.length <= 1;
  const subjects = one ? distinct([...targets, ...named]).filter(({ type }) => type !== 'name') : [];
  return { stated: fields.length > 0 ? stated : null, account: { service, subjects, generated, zone: undefined } };
}

/** The provider writes the last second that belongs to the range; ours ends before the instant it names. */
function endOf(text: string): bigint | null {
  const stamp = readTime(text, undefined);
  if (!stamp || stamp.began === null) return null;
  return stamp.ended ?? stamp.began + 1_000_000n;
}

function distinct(list: (Identifier | null)[]): Identifier[] {
  const kept: Identifier[] = [];
  for (const one of list) {
    if (one && !kept.some(({ type, value }) => type === one.type && value === one.value)) kept.push(one);
  }
  return kept;
}

/** How many elements carry the section's id; the menu's links to it do not count. */
async function countSections(file: ReturnFile): Promise<number> {
  const wanted = Buffer.from(`property-${REQUEST}`);
  let count = 0;
  let kept: Uint8Array = new Uint8Array();
  for await (const chunk of file.stream()) {
    const bytes = Buffer.concat([kept, chunk]);
    let found = bytes.indexOf(wanted, 1);
    for (; found >= 0; found = bytes.indexOf(wanted, found + wanted.length)) {
      if (bytes[found - 1] !== 0x23) count += 1;
    }
    // One byte less than would let an occurrence be counted twice, one more for the byte before it.
    kept = bytes.subarray(Math.max(0, bytes.length - wanted.length));
  }
  return count;
}
