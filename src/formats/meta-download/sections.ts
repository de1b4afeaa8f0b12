/**
 * What each list of a Facebook export says, by its key; `_v2` and later endings are the same list.
 *
 * Meta's city, region and country are its guess from the address at the time of export: they stay in the source fields
 * and never become a place.
 */
import type { Identifier } from '../../record/identifier.ts';
import type { Draft, KindColumn, KindValues, Part } from '../../record/record.ts';
import { noTime, type Stamp } from '../../record/stamp.ts';
import { readEpoch } from '../reading/times.ts';
import { endpoint } from './endpoint.ts';

type Fields = Record<string, string>;

type Section = {
  kind: 'session' | 'fact';
  category: string;
  /** Source field of the action or, for a fact, the words it is named with. */
  names: { field: string } | { words: string };
  device?: string;
  value?: string[];
  parts?: (fields: Fields) => Part[];
};

const session = (names: Section['names'], more: Partial<Section> = {}): Section => ({
  kind: 'session',
  category: 'DC-02',
  names,
  ...more,
});

const SECTIONS: Record<string, Section> = {
  account_activity: session({ field: 'action' }),
  account_accesses: session({ field: 'action' }),
  used_ip_address: session({ field: 'action' }),
  active_sessions: session({ words: 'active session' }, { device: 'device' }),
  login_protection_data: session({ words: 'login protection data' }),
  admin_records: session({ field: 'event' }, { parts: (fields) => partOf('DC-01', [], /^extra_info\./, fields) }),
  recognized_devices: session(
    { words: 'recognized device' },
    {
      category: 'DC-05',
      device: 'name',
      parts: (fields) => partOf('DC-02', ['ip', 'port'], /(^|\.)ip_address$/, fields),
    },
  ),
  contact_verifications: { kind: 'fact', category: 'DC-01', names: { words: 'verified contact' }, value: ['contact'] },
  account_status_changes: { kind: 'fact', category: 'DC-03', names: { words: 'account status' }, value: ['status'] },
  devices: { kind: 'fact', category: 'DC-05', names: { words: 'mobile device' }, value: ['type', 'os'] },
};

/** Lists whose unversioned key is so plain that the path must say whose it is. */
const PLAIN = ['devices', 'profile'];
const OTHERS = [
  'datr_stats',
  'profile',
  'profile_user',
  'account_history_login_history',
  'account_history_logout_history',
];

const BEGAN = ['timestamp', 'created_timestamp', 'session.created_timestamp', 'verification_time', 'update_time'];
const ENDED = ['updated_timestamp', 'session.updated_timestamp'];

/** A key without its version: `account_activity_v2` is `account_activity`. */
export function unversioned(key: string): string {
  return key.replace(/_v\d+$/, '');
}

export function isSection(key: string): boolean {
  return Object.hasOwn(SECTIONS, unversioned(key));
}

/** Whether a file's first key alone tells that it is Meta's. */
export function tellsMeta(key: string): boolean {
  const name = unversioned(key);
  return (isSection(key) || OTHERS.includes(name)) && !(PLAIN.includes(name) && key === name);
}

/** One element of a list, or why it cannot be read. */
export function readRow(key: string, fields: Fields, holder: Identifier[]): Draft | { unreadable: string } {
  const section = SECTIONS[unversioned(key)]!;
  const began = timeOf(fields, BEGAN);
  const ended = timeOf(fields, ENDED);
  if (!began || !ended) return { unreadable: 'a time that is no count of seconds' };
  const name = 'words' in section.names ? section.names.words : text(fields[section.names.field]);
  const stamp = section.kind === 'session' ? spanned(began, ended) : began;
  const values =
    section.kind === 'session' ? sessionValues(section, name, fields) : factValues(section, name, fields, began);
  const parts = section.parts?.(fields) ?? [];
  return {
    ...draft(section.kind, section.category, holder, stamp, fields, values),
    ...(parts.length > 0 ? { parts } : {}),
  };
}

export function draft(
  kind: Draft['kind'],
  category: string,
  subjects: Identifier[],
  stamp: Stamp,
  raw: Fields,
  values: KindValues,
): Draft {
  const { text: timeAsStored, began, ended, precision, zoneBasis } = stamp;
  const undetermined = kind === 'fact' ? undefined : stamp.undetermined;
  return { kind, category, subjects, began, ended, precision, timeAsStored, zoneBasis, undetermined, values, raw };
}

/** A count of seconds; Meta writes 0 where it has none. Null when the text is something else. */
export function epoch(stored: string): Stamp | null {
  return stored === '0' ? noTime(stored) : readEpoch(stored, 's');
}

function timeOf(fields: Fields, names: string[]): Stamp | null {
  const name = names.find((one) => text(fields[one]) !== undefined);
  return name === undefined ? noTime() : epoch(fields[name]!);
}

/** Created and last updated: when it was seen, from first to last. */
function spanned(began: Stamp, ended: Stamp): Stamp {
  if (began.began === null || ended.began === null || ended.began <= began.began) return began;
  return { ...began, ended: ended.began, text: `${began.text} / ${ended.text}` };
}

function sessionValues(section: Section, action: string | undefined, fields: Fields): KindValues {
  const from = endpoint(fields.ip_address ?? fields['session.ip_address'] ?? fields.ip ?? '');
  const port = /^\d{1,5}$/.test(fields.port ?? '') && Number(fields.port) < 65536 ? Number(fields.port) : undefined;
  return {
    action,
    ip: from?.ip,
    port: from?.port ?? port,
    user_agent: text(fields.user_agent ?? fields['session.user_agent']),
    device: section.device === undefined ? undefined : text(fields[section.device]),
  };
}

function factValues(section: Section, name: string | undefined, fields: Fields, asOf: Stamp): KindValues {
  const value = (section.value ?? []).map((field) => fields[field]).filter((one) => text(one) !== undefined);
  return { name, value: text(value.join(' ')), as_of: asOf.began ?? undefined };
}

function partOf(category: string, columns: KindColumn[], which: RegExp, fields: Fields): Part[] {
  const named = Object.keys(fields).filter((field) => which.test(field));
  return named.length === 0 ? [] : [{ category, columns, fields: named }];
}

function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
