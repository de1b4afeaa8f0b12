/** Rows of a business record as drafts of records: what goes into a column, what is only counted, who is mentioned. */
import type { Draft, KindValues, Mention } from '../../record/record.ts';
import { type Account, mentionsIn } from './account.ts';
import { key } from './label.ts';
import type { Row } from './rows.ts';
import {
  digested,
  type Endpoint,
  readEndpoint,
  readPort,
  readTime,
  STATE,
  type TimeColumns,
  timeOf,
} from './values.ts';

/** A draft, or why the row cannot be read. */
export type Outcome = Draft | string;

/** The first of these labels the row has, by comparable form. */
export function field(row: Row, ...labels: string[]): string | undefined {
  for (const label of labels) {
    const value = row.fields.get(label);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** The label as the row writes it. */
export function nameOf(row: Row, ...labels: string[]): string {
  return row.names.get(labels.find((label) => field(row, label) !== undefined) ?? '') ?? labels[0]!;
}

const TIMES = [
  'time', 'timestamp', 'sent', 'uploaded', 'taken', 'posted', 'created', 'datecreated', 'date', 'creation', 'lastseen',
  'servicestart',
]; // biome-ignore format: a list

export function timeIn(row: Row, account: Account, labels: string[] = TIMES): TimeColumns | string {
  const text = field(row, ...labels);
  if (text === undefined) return STATE;
  const stamp = readTime(text, account.zone);
  return stamp ? timeOf(stamp) : 'time not readable';
}

/** Address and port of a row, the port after the address or in a field of its own. */
export function endpointIn(row: Row, addresses: string[], ports: string[]): Endpoint | 'none' | string {
  const text = field(row, ...addresses);
  if (text === undefined) return 'none';
  const endpoint = readEndpoint(text);
  if (!endpoint) return 'IP address not readable';
  const port = field(row, ...ports);
  if (port === undefined || endpoint.port !== undefined) return endpoint;
  const read = readPort(port);
  return read === null ? 'port not readable' : { ip: endpoint.ip, port: read };
}

export function draft(
  kind: Draft['kind'], category: string, account: Account, time: TimeColumns, values: KindValues, row: Row, mentions: Mention[] = [],
): Draft {
  const made: Draft = { kind, category, subjects: account.subjects, ...time, values: trimmed(values), raw: row.raw };
  if (mentions.length > 0) made.mentions = mentions;
  return made;
} // biome-ignore format: one line

function trimmed(values: KindValues): KindValues {
  const kept: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(values)) if (value !== undefined) kept[column] = value;
  return kept as KindValues;
}

/** A session: an address and a time. What is missing stays missing; what stands there and cannot be read is told. */
export function session(row: Row, account: Account, action: string | undefined): Outcome {
  const endpoint = endpointIn(
    row,
    ['ipaddress', 'ip', 'ipaddresses', 'loginip', 'lastip', 'registrationip'],
    ['port', 'sourceport'],
  );
  if (typeof endpoint === 'string' && endpoint !== 'none') return endpoint;
  const time = timeIn(row, account);
  if (typeof time === 'string') return time;
  const { ip, port } = typeof endpoint === 'string' ? {} : endpoint;
  const agent = field(row, 'useragent', 'agent', 'useragentstring');
  const values: KindValues = {
    action: field(row, 'action') ?? action,
    ip,
    port,
    user_agent: agent,
    device: field(row, 'device', 'devicetype'),
  };
  return draft('session', 'DC-02', account, time, values, row);
}

/** A fact about the account as of the answer. */
export function fact(
  category: string,
  name: string,
  value: string | undefined,
  row: Row,
  account: Account,
  mentions: Mention[] = [],
): Draft {
  return draft('fact', category, account, STATE, { name, value, as_of: account.generated ?? undefined }, row, mentions);
}

/** The row with every field that may hold content replaced by its length and digest; `plain` are those that do not. */
export function withoutContent(row: Row, plain: Set<string>): { row: Row; content: string[] } {
  const content: string[] = [];
  const raw: Record<string, string> = {};
  for (const [name, value] of Object.entries(row.raw)) {
    const kept = value === '' || plain.has(key(name.replace(/ \d+$/, '')));
    raw[name] = kept ? value : digested(value);
    if (!kept) content.push(raw[name]);
  }
  return { row: { ...row, raw }, content };
}

/** Mentions of everyone in these fields who is not the account, returning fields (`User 2`) included. */
export function mentioned(row: Row, account: Account, labels: string[]): Mention[] {
  return Object.entries(row.raw).flatMap(([name, value]) =>
    labels.includes(key(name.replace(/ \d+$/, ''))) ? mentionsIn(value, name, account) : [],
  );
}
