/**
 * The directory of agencies as a table that people keep: read strictly, and compared so that a second person approves
 * exactly what changes. A wrong row makes the whole table wrong; nothing is half imported.
 *
 * It does not check that a number or a domain really is the agency's: that is why it names where the number was found.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import { domainToASCII } from 'node:url';
import { digestOf } from '../base/canonical.ts';
import type { Digest } from '../base/digest.ts';
import { Problem } from '../base/problem.ts';
import { isRecipient } from '../custody/recipient.ts';
import { shortened, visible } from '../document/visible.ts';
import type { Agency, Directory } from '../instrument/agency.ts';
import { type CsvRow, csvRows } from './directory-csv.ts';
import { DIRECTORY_HEADER } from './directory-table.ts';
import { registrable } from './domain.ts';
import { FREE_MAIL } from './free-mail.ts';

type Column = (typeof DIRECTORY_HEADER)[number];
export type DirectoryFault = { row: number; column: Column | null; says: string };

const SIZE_LIMIT_BYTES = 32 * 1024 * 1024;
const NAMED_FAULTS = 20;
const LEVELS: readonly string[] = ['federal', 'state', 'local', 'foreign', 'eu_ms', 'private'];

/**
 * Rows count from 1, the header included. Domains are separated by single spaces; a recipient may be empty.
 * Throws `directory/invalid` with every fault of every row.
 */
export function readDirectory(table: Uint8Array, version: number): Directory {
  if (table.length > SIZE_LIMIT_BYTES) throw invalid([{ row: 1, column: null, says: 'the file has more than 32 MiB' }]);
  if (!isUtf8(table)) throw invalid([{ row: 1, column: null, says: 'the file is not UTF-8; save it as “CSV UTF-8”' }]);
  const rows = csvRows(Buffer.from(table).toString('utf8'));
  const header = rows.shift();
  if (header === undefined || 'says' in header || header.cells.join() !== DIRECTORY_HEADER.join())
    throw invalid([{ row: 1, column: null, says: `the first line has to be ${DIRECTORY_HEADER.join(',')}` }]);

  const faults: DirectoryFault[] = [];
  const agencies = rows.flatMap((row) => agencyIn(row, faults) ?? []);
  faults.push(...repeated(agencies));
  if (faults.length > 0) throw invalid(faults.sort((a, b) => a.row - b.row));
  return { version, agencies: agencies.map(({ agency }) => agency) };
}

/** The same for the same agencies in whatever order, whichever number the directory bears. */
export function directoryDigest(directory: Directory): Digest {
  return digestOf(
    [...directory.agencies].sort(byId).map((agency) => ({ ...agency, domains: [...agency.domains].sort() })),
  );
}

type Row = { row: number; agency: Agency };

function agencyIn(row: CsvRow, faults: DirectoryFault[]): Row | null {
  if ('says' in row) {
    faults.push({ row: row.number, column: null, says: row.says });
    return null;
  }
  if (row.cells.length !== DIRECTORY_HEADER.length) {
    const says = `it has ${row.cells.length} columns, ${DIRECTORY_HEADER.length} are expected`;
    faults.push({ row: row.number, column: null, says });
    return null;
  }
  const cell = Object.fromEntries(DIRECTORY_HEADER.map((column, at) => [column, row.cells[at]!])) as Record<
    Column,
    string
  >;
  const found: DirectoryFault[] = [];
  const wrong = (column: Column, says: string) => found.push({ row: row.number, column, says });
  for (const column of DIRECTORY_HEADER) {
    if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(cell[column])) wrong(column, 'it holds a line end or a hidden character');
    else if (cell[column] !== cell[column].trim()) wrong(column, 'it begins or ends with a space');
  }
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(cell.id)) wrong('id', 'lower-case letters, digits and hyphens, at most 64');
  if (cell.name === '' || cell.name.length > 200) wrong('name', 'between 1 and 200 characters');
  if (!/^[A-Z]{2}$/.test(cell.country)) wrong('country', 'two capital letters (ISO 3166-1)');
  if (!LEVELS.includes(cell.level)) wrong('level', `one of ${LEVELS.join(', ')}`);
  if (!/^\+[1-9]\d{6,14}$/.test(cell.phone)) wrong('phone', 'a number with its country, such as +15055550101 (E.164)');
  if (cell.phone_source === '') wrong('phone_source', 'say where the number was found; not in a request');
  if (cell.recipient !== '' && !isRecipient(cell.recipient)) wrong('recipient', 'an age key (age1…, X25519), or empty');
  if (cell.credential !== 'ok' && cell.credential !== 'suspended') wrong('credential', 'ok or suspended');
  const domains = cell.domains === '' ? [] : cell.domains.split(' ').map((domain) => domain.toLowerCase());
  for (const domain of domains) {
    const says = domainFault(domain);
    if (says !== null) wrong('domains', says);
  }
  faults.push(...found);
  if (found.length > 0) return null;
  const { id, name, country, phone } = cell;
  const level = cell.level as Agency['level'];
  const credential = cell.credential as Agency['credential'];
  const agency = {
    id,
    name,
    country,
    level,
    domains,
    phone,
    phoneSource: cell.phone_source,
    recipient: cell.recipient || null,
    credential,
  };
  return { row: row.number, agency };
}

function domainFault(domain: string): string | null {
  const shown = `‘${shortened(visible(domain), 80)}’`;
  if (domain === '') return 'domains are separated by one space';
  if (/[^\x20-\x7e]/.test(domain))
    return `${shown} has other letters; in its ASCII form it is ‘${domainToASCII(domain)}’`;
  if (domain.length > 253 || !domain.split('.').every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)))
    return `${shown} is not a domain`;
  const zone = registrable(domain);
  if (zone === null) return `${shown} is an ending or an address, not a domain of one agency`;
  if (FREE_MAIL.has(zone)) return `${shown} gives mailboxes to anyone`;
  return null;
}

/** Ids and domains that stand twice. */
function repeated(rows: Row[]): DirectoryFault[] {
  const first = new Map<string, number>();
  const faults: DirectoryFault[] = [];
  const seen = (key: string, row: number, column: Column, what: string) => {
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    else faults.push({ row, column, says: `${what} stands in row ${before} already` });
  };
  for (const { row, agency } of rows) {
    seen(`id ${agency.id}`, row, 'id', agency.id);
    for (const domain of agency.domains) seen(`domain ${domain}`, row, 'domains', domain);
  }
  return faults;
}

function invalid(faults: DirectoryFault[]): Problem {
  const lines = faults.map(({ row, column, says }) => `row ${row}${column === null ? '' : `, ${column}`}: ${says}`);
  const more = lines.length > NAMED_FAULTS ? `; and ${lines.length - NAMED_FAULTS} more` : '';
  return new Problem(
    'directory/invalid',
    `The directory was not imported and the one in force stays. ${lines.slice(0, NAMED_FAULTS).join('; ')}${more}.`,
    { faults },
  );
}

export type FieldChange = { field: keyof Agency; before: string; after: string };

export type DirectoryDiff = {
  added: Agency[];
  removed: Agency[];
  changed: { id: string; name: string; fields: FieldChange[] }[];
  /** One line a change; what decides whom the desk calls and for whom it encrypts comes first. */
  words: string[];
  digests: { before: Digest; after: Digest };
};

const FIELDS: { field: Exclude<keyof Agency, 'id'>; word: string }[] = [
  { field: 'phone', word: 'number' },
  { field: 'recipient', word: 'key' },
  { field: 'domains', word: 'domains' },
  { field: 'credential', word: 'credential' },
  { field: 'phoneSource', word: 'source of the number' },
  { field: 'name', word: 'name' },
  { field: 'country', word: 'country' },
  { field: 'level', word: 'level' },
];

/** By id, in the order of ids. Agencies that stay as they are, in whatever order, make no difference. */
export function directoryDiff(before: Directory, after: Directory): DirectoryDiff {
  const known = new Map(before.agencies.map((agency) => [agency.id, agency]));
  const kept = new Set(after.agencies.map(({ id }) => id));
  const sorted = [...after.agencies].sort(byId);
  const added = sorted.filter(({ id }) => !known.has(id));
  const removed = before.agencies.filter(({ id }) => !kept.has(id)).sort(byId);
  const changed = sorted.flatMap((agency) => {
    const old = known.get(agency.id);
    const fields = old === undefined ? [] : changes(old, agency);
    return fields.length > 0 ? [{ id: agency.id, name: agency.name, fields }] : [];
  });
  const lines = changed.flatMap(({ id, fields }) =>
    fields.map((change) => ({ rank: rank(change.field), text: `${id}: ${inWords(change)}` })),
  );
  return {
    added,
    removed,
    changed,
    words: [
      ...lines.sort((a, b) => a.rank - b.rank).map(({ text }) => text),
      ...added.map((agency) => `${agency.id} is new: ${agency.name} (${agency.country}), ${FIELDS.slice(0, 4).map(({ field, word }) => `${word} ${shown(agency[field])}`).join(', ')}`),
      ...removed.map(({ id, name }) => `${id} is gone: ${name}`),
    ],
    digests: { before: directoryDigest(before), after: directoryDigest(after) },
  }; // biome-ignore format: one line a kind of change
}

function changes(before: Agency, after: Agency): FieldChange[] {
  return FIELDS.flatMap(({ field }) => {
    const change = { field, before: shown(before[field]), after: shown(after[field]) };
    return change.before === change.after ? [] : [change];
  });
}

function inWords({ field, before, after }: FieldChange): string {
  const word = FIELDS[rank(field)]!.word;
  if (field !== 'domains') return `the ${word} was ${before} and becomes ${after}`;
  const [old, now] = [before.split(' '), after.split(' ')];
  const parts = [
    ...now.filter((domain) => !old.includes(domain)).map((domain) => `${domain} is added`),
    ...old.filter((domain) => !now.includes(domain)).map((domain) => `${domain} is taken out`),
  ];
  return `of the domains, ${parts.join(' and ')}`;
}

const rank = (field: keyof Agency): number => FIELDS.findIndex((one) => one.field === field);
const byId = (a: Agency, b: Agency): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function shown(value: string | string[] | null): string {
  if (value === null) return 'none';
  return Array.isArray(value) ? [...value].sort().join(' ') || 'none' : value;
}
