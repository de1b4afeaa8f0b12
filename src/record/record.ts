/**
 * What a row of evidence is: one wide shape for every source, one kind per row.
 *
 * A `Draft` is what a format read; importing adds the return, the item that allows it and its place in the store. Every
 * column a kind does not use is absent. Unknown is absent too, and never guessed.
 */
import type { Micros } from '../base/interval.ts';
import type { Identifier } from './identifier.ts';

export const KINDS = ['session', 'lease', 'contact', 'place', 'transfer', 'fact'] as const;
export type Kind = (typeof KINDS)[number];

/** How exact the source was. `day` is a calendar day: `began` and `ended` then span every reading of it. */
export type Precision = 'microsecond' | 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'month' | 'none';

/** Who says which zone a stored time is in. */
export type ZoneBasis = 'stated' | 'provider rule' | 'declared by examiner' | 'unknown';

/** Where in its file a row stands: `row 17`, `page 3`, `$.items[4]`, `#property-ip_addresses 12`. */
export type Locator = string;

/** The columns that only some kinds have, with their type in the store. Names are the contract of `records`. */
export const KIND_COLUMNS = {
  action: 'VARCHAR', ip: 'VARCHAR', port: 'INTEGER', user_agent: 'VARCHAR', device: 'VARCHAR',
  subscriber: 'VARCHAR', port_low: 'INTEGER', port_high: 'INTEGER', inside_ip: 'VARCHAR', protocol: 'VARCHAR',
  counterpart: 'VARCHAR', direction: 'VARCHAR', medium: 'VARCHAR', duration_seconds: 'DOUBLE',
  cell_first: 'VARCHAR', cell_last: 'VARCHAR',
  latitude: 'DOUBLE', longitude: 'DOUBLE', place_kind: 'VARCHAR', radius_metres: 'DOUBLE', radius_quantile: 'DOUBLE',
  azimuth: 'DOUBLE', beam_degrees: 'DOUBLE', range_low_metres: 'DOUBLE', range_high_metres: 'DOUBLE',
  area: 'VARCHAR', place_text: 'VARCHAR',
  last_latitude: 'DOUBLE', last_longitude: 'DOUBLE', last_azimuth: 'DOUBLE',
  reference: 'VARCHAR', sender: 'VARCHAR', receiver: 'VARCHAR', amount: 'DECIMAL(28,8)', currency: 'VARCHAR',
  status: 'VARCHAR', sent_agent: 'VARCHAR', sent_place: 'VARCHAR',
  paid_began: 'TIMESTAMP', paid_time_as_stored: 'VARCHAR', paid_agent: 'VARCHAR', paid_place: 'VARCHAR',
  name: 'VARCHAR', value: 'VARCHAR', as_of: 'TIMESTAMP',
} as const; // biome-ignore format: one line a kind

export type KindColumn = keyof typeof KIND_COLUMNS;

type Stored<T> = T extends 'INTEGER' | 'DOUBLE' ? number : T extends 'TIMESTAMP' ? Micros : string;

/** Values of the kind's own columns. An amount is decimal text, never a double. */
export type KindValues = { [C in KindColumn]?: Stored<(typeof KIND_COLUMNS)[C]> | undefined };

/** `place_kind`: what sort of statement about place this is; it decides how the areas question may use it. */
export const PLACE_KINDS = ['device fix', 'sector', 'timing band', 'agent', 'address', 'area', 'text'] as const;

/**
 * A part of a row that needs a data category of its own: the cells of a call need DC-11 while the call needs DC-06. Where
 * that category is not covered the named columns and source fields are left out of the kept record.
 */
export type Part = { category: string; columns: KindColumn[]; fields: string[] };

/**
 * Someone the row mentions who is not its subject: shown masked. `fields` are the source fields that name them; `also` the
 * same person's other identifiers, so that an item naming any of them unmasks all.
 */
export type Mention = { column: KindColumn | null; who: Identifier; also?: Identifier[]; fields: string[] };

export type Draft = {
  kind: Kind;
  /** Data category of the row, `DC-01`…. */
  category: string;
  /** Whose record this is, best name first; an item that names any of them covers the row. Empty: unknown account. */
  subjects: Identifier[];
  /** Start, or the instant itself; null when no time could be read. */
  began: Micros | null;
  /** End of a span; null for a point. */
  ended: Micros | null;
  precision: Precision;
  timeAsStored: string;
  zoneBasis: ZoneBasis;
  /** Why the time cannot be placed, when it cannot. A `fact` is a state and needs no time. */
  undetermined?: 'no time' | 'no zone' | 'time does not exist' | 'time exists twice' | undefined;
  values: KindValues;
  /** The source's own fields as text, by the source's own names. */
  raw: Record<string, string>;
  parts?: Part[];
  mentions?: Mention[];
};

/** The columns each kind has of its own, shown even when unknown. */
export const OWN_COLUMNS: Record<Kind, KindColumn[]> = {
  session: ['action', 'ip', 'port', 'user_agent', 'device'],
  lease: ['subscriber', 'ip', 'inside_ip', 'port_low', 'port_high', 'protocol'],
  contact: ['counterpart', 'direction', 'medium', 'duration_seconds', 'cell_first', 'cell_last'],
  place: ['latitude', 'longitude', 'place_kind', 'radius_metres', 'radius_quantile', 'azimuth', 'area', 'place_text'],
  transfer: ['reference', 'sender', 'receiver', 'amount', 'currency', 'sent_agent', 'sent_place', 'paid_began', 'paid_agent', 'paid_place'],
  fact: ['name', 'value', 'as_of'],
}; // biome-ignore format: one line a kind
