/** What each column of a produced record means: the data dictionary that goes with every production. */
import { producedHeader, producedLine } from './produced.ts';
import { KIND_COLUMNS, KINDS, type KindColumn } from './record.ts';

const COMMON: Record<string, [type: string, meaning: string]> = {
  item: ['text', 'the item of the request that allowed this row'],
  kind: ['text', 'what the row is: session, lease, contact, place, transfer or fact'],
  category: ['text', 'data category of the row, as the request names it'],
  account_type: ['text', 'what sort of identifier the account is'],
  account: ['text', 'whose record this is, in the form that is compared'],
  account_as_stored: ['text', 'the account as the provider’s system writes it'],
  began: ['time', 'start of the event or state, or its instant; UTC, never rounded'],
  ended: ['time', 'end of a span, which it does not include; empty for an instant'],
  precision: ['text', 'how exact the source’s time is'],
  time_as_stored: ['text', 'the time as the source writes it'],
  zone_basis: ['text', 'who says which zone the stored time is in'],
  undetermined: ['text', 'why the time could not be placed; only a fact may be produced without one'],
  further: ['JSON object', 'further columns of the record, and cells that a text file cannot hold'],
  other_accounts: ['JSON list', 'further identifiers of the same account: type, value, text'],
  parts: ['JSON list', 'parts of the row with a data category of their own: category, columns, fields of raw'],
  mentions: ['JSON list', 'people the row names beside its account: column, who, fields of raw; empty where masked'],
  raw: ['JSON object', 'the source’s own fields as text, by its own names'],
};

const MEANINGS: Record<KindColumn, string> = {
  action: 'what the system recorded, in its words',
  ip: 'address',
  port: 'source port; empty where the system did not keep it',
  user_agent: 'what the client said of itself',
  device: 'device, as the system names it',
  subscriber: 'who held the address',
  port_low: 'first port of the block',
  port_high: 'last port of the block, included',
  inside_ip: 'address behind the translation',
  protocol: 'transport protocol',
  counterpart: 'the other side of the contact',
  direction: 'seen from the account',
  medium: 'call, message and so on; never what was said',
  duration_seconds: 'as recorded; how it is counted is the system’s rule',
  cell_first: 'cell at the beginning',
  cell_last: 'cell at the end',
  latitude: 'degrees north, WGS 84',
  longitude: 'degrees east, WGS 84',
  place_kind: 'what sort of statement about place this is',
  radius_metres: 'stated uncertainty',
  radius_quantile: 'share of positions the radius is said to hold; empty where not said',
  azimuth: 'direction of the antenna in degrees from north',
  beam_degrees: 'width of the antenna’s beam',
  range_low_metres: 'least distance by signal timing',
  range_high_metres: 'greatest distance by signal timing',
  area: 'administrative area',
  place_text: 'place in words',
  last_latitude: 'of the last cell: degrees north',
  last_longitude: 'of the last cell: degrees east',
  last_azimuth: 'of the last cell: direction of the antenna',
  reference: 'the provider’s number of the transfer',
  sender: 'who sent it',
  receiver: 'who received it',
  amount: 'decimal, as stored',
  currency: 'currency of the amount',
  status: 'state of the transfer',
  sent_agent: 'agent where it was sent',
  sent_place: 'where it was sent',
  paid_began: 'when it was paid; UTC',
  paid_time_as_stored: 'when it was paid, as the source writes it',
  paid_agent: 'agent where it was paid',
  paid_place: 'where it was paid',
  name: 'what is stated',
  value: 'what it is',
  as_of: 'the moment it is stated for; UTC',
};

const TYPES: Record<string, string> = { INTEGER: 'whole number', DOUBLE: 'number', TIMESTAMP: 'time' };

/** The text of `data/dictionary.csv`: kind, column, type, meaning; one line a column of every kind. */
export function producedDictionary(): string {
  const lines = KINDS.flatMap((kind) =>
    producedHeader(kind).map((column) => {
      const own = KIND_COLUMNS[column as KindColumn];
      const [type, meaning] =
        COMMON[column] ??
        ([TYPES[own] ?? (own === 'VARCHAR' ? 'text' : 'decimal'), MEANINGS[column as KindColumn]] as const);
      return [kind, column, type, meaning];
    }),
  );
  const further = Object.keys(KIND_COLUMNS).map((column) => {
    const own = KIND_COLUMNS[column as KindColumn];
    return ['further', column, TYPES[own] ?? (own === 'VARCHAR' ? 'text' : 'decimal'), MEANINGS[column as KindColumn]];
  });
  return [['kind', 'column', 'type', 'meaning'], ...lines, ...further].map(producedLine).join('');
}
