/** A record in a few neutral words: what its source recorded, never what somebody did. */
import type { Value } from '../../store/scoped.ts';

export type Described = { kind: string } & Record<string, Value>;

const LONGEST = 160;
/** ISO 4217 currencies without a minor unit. */
const WHOLE = ['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'];

export function wordsFor(row: Described): string {
  const words = WRITERS[row.kind]?.(row) ?? row.kind;
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}

const WRITERS: Record<string, (row: Described) => string> = {
  session: (row) => joined([lower(row.action) ?? 'session', row.ip && `from ${row.ip}`, row.port !== null && `port ${row.port}`], ' '),
  lease: (row) => joined(['lease of', row.ip ?? 'an address', ports(row), row.subscriber && `to ${row.subscriber}`], ' '),
  contact: (row) => joined([row.medium ?? 'contact', row.direction, seconds(row.duration_seconds), row.counterpart], ', '),
  place: (row) => joined([`${row.place_kind ?? 'place'} stated`, row.place_text ?? row.area, radius(row.radius_metres)], ', '),
  transfer: (row) => joined(['transfer', row.amount !== null && `of ${money(String(row.amount), row.currency)}`, row.sent_agent && `at ${row.sent_agent}`], ' '),
  fact: (row) => joined([row.name ?? 'fact', row.value], ': '),
}; // biome-ignore format: one line a kind

/** Columns the words are made from. */
export const WORDED = [
  'kind', 'action', 'ip', 'port', 'subscriber', 'port_low', 'port_high', 'medium', 'direction', 'duration_seconds', 'counterpart',
  'place_kind', 'place_text', 'area', 'radius_metres', 'amount', 'currency', 'sent_agent', 'name', 'value',
] as const; // biome-ignore format: a list

function joined(parts: (Value | undefined)[], between: string): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== false && part !== '').join(between);
}

function lower(text: Value | undefined): string | null {
  return typeof text === 'string' && text !== '' ? text[0]!.toLowerCase() + text.slice(1) : null;
}

function ports({ port_low: low, port_high: high }: Described): string | null {
  if (low === null || low === undefined) return null;
  return high === null || high === undefined || high === low ? `port ${low}` : `ports ${low}–${high}`;
}

function seconds(duration: Value | undefined): string | null {
  return typeof duration === 'number' ? `${duration} s` : null;
}

function radius(metres: Value | undefined): string | null {
  return typeof metres === 'number' ? `radius ${metres} m` : null;
}

/** An exact amount with at least two decimals where its currency has them. */
function money(amount: string, currency: Value | undefined): string {
  const [whole, fraction = ''] = amount.split('.') as [string, string?];
  const minor = WHOLE.includes(String(currency)) ? fraction : fraction.padEnd(2, '0');
  return joined([minor === '' ? whole : `${whole}.${minor}`, currency], ' ');
}
