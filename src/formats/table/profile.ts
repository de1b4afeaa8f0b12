/**
 * A mapping profile: how a table that no format knows is to be read. Saved as JSON and kept with the import.
 *
 * It answers which column holds what, in which zone and in which order of day and month; it never says what the rows
 * mean beyond that. Every file it is given to must have its columns; they are found by header text, in any order.
 *
 *     { "profile": "example-transfers", "format": "table", "kind": "transfer", "category": "DC-08",
 *       "zone": "America/Chicago", "decimal": "point",
 *       "columns": {
 *         "Sent":   { "role": "time", "time": "MM/DD/YYYY h:mm A" },
 *         "Sender": { "role": ["sender", "subject"], "type": "name" },
 *         "Tel.":   { "role": ["sender-detail", "subject"], "type": "phone" },
 *         "Amount": { "role": "amount" } } }
 *
 * **Roles** (a column may have several; those of `roles.ts` not named here carry their text):
 * - time: `time` (when it happened or began), or `date` with `clock` in two columns; `ended`; `paid-time`; `as-of`.
 *   `zone` and `paid-zone` hold the zone of that row: an IANA name, an offset, or a name listed in `zoneNames`.
 * - people: `account` and `subject` say whose record a row is (`type` says what sort of name, `untyped` without);
 *   `sender`, `receiver`, `counterpart` are people a row mentions; `sender-detail` and the like are further cells about
 *   the same person (telephone, document, address), shown and masked together. `mask: true` masks any other column.
 * - network: `ip`, `inside-ip`, `ip-and-port`, `port`, `port-low`, `port-high`, `port-range`; a lease's `ip` may be a
 *   prefix.
 * - place: `latitude`, `longitude`, `coordinates` (both in one cell), `radius` with `unit` and `quantile`, `azimuth`,
 *   `beam`, `area`, `place-text`, `cell-first`, `cell-last`.
 * - `amount` (exact decimal), `duration_seconds` (`unit` when not seconds); `direction` is `inbound` or `outbound`, which
 *   `means` says of the source's words.
 * - `keep` stays in the source fields only, as do columns not named; `ignore` is read past and kept nowhere.
 *
 * **Time shapes** (`time`, one or several) are listed in `../reading/shapes.ts`; without one a column takes ISO texts
 * and workbook dates, and with `dayMonthOrder` also `4/3/2025 2:30 PM` and its like in that order.
 *
 * **Zones**, first that speaks: the text itself, the row's zone column, the column's `zone`, the profile's `zone`, the
 * zone declared with the import. Where none speaks the time is undetermined. It is never taken for UTC.
 */
import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { IDENTIFIER_TYPES } from '../../record/identifier.ts';
import { KINDS, PLACE_KINDS } from '../../record/record.ts';
import { shapeTrouble } from '../reading/shape-grammar.ts';
import { isZone } from '../reading/zones.ts';
import { profileTroubles } from './coherence.ts';
import { ROLES } from './roles.ts';

const Zone = z.string().refine(isZone, {
  error: 'not a zone: an IANA name such as America/Chicago, UTC, or an offset such as -05:00',
});
const Shape = z.string().superRefine((shape, context) => {
  const trouble = shapeTrouble(shape);
  if (trouble !== null) context.addIssue({ code: 'custom', message: trouble });
});
const oneOrMore = <T extends z.ZodType>(one: T) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(one).min(1));

const Category = z.string().regex(/^DC-\d\d$/, { error: 'a data category, DC-01 to DC-22' });
const Column = z.strictObject({
  role: oneOrMore(z.enum(ROLES)),
  /** Sort of identifier, for roles that name someone. */
  type: z.enum(IDENTIFIER_TYPES).optional(),
  time: oneOrMore(Shape).optional(),
  /** Zone of this column's times that name none. */
  zone: Zone.optional(),
  unit: z
    .enum([
      'seconds', 'milliseconds', 'minutes', 'hours', 'h:mm:ss',
      'metres', 'kilometres', 'feet', 'miles', 'degrees', 'e7',
    ]) // biome-ignore format: times, lengths, angles
    .optional(),
  /** Share of cases in which the true place is within `radius`, as the source states it. */
  quantile: z.number().gt(0).lt(1).optional(),
  /** Whether `coordinates` start with the latitude (the default; `geo:` always does). */
  order: z.enum(['latitude-first', 'longitude-first']).optional(),
  /** What the source's words stand for; a word not listed is kept as it is. */
  means: z.record(z.string(), z.string()).optional(),
  mask: z.literal(true).optional(),
  /** Data category of this column where it is not the row's: a subscriber's name (DC-01) in an address log (DC-02). */
  category: Category.optional(),
  /** A file without this column still fits. */
  optional: z.literal(true).optional(),
});
export type Column = z.infer<typeof Column>;

const Account = z.union(
  [
    z.strictObject({ column: z.string().min(1), type: z.enum(IDENTIFIER_TYPES).optional() }),
    z.strictObject({ type: z.enum(IDENTIFIER_TYPES), value: z.string().min(1) }),
  ],
  { error: 'either { column } or { type, value }' },
);

export const Profile = z
  .strictObject({
    profile: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'lower-case letters, digits and hyphens' }),
    title: z.string().optional(),
    /** What its maker wants the next reader to know. Decides nothing. */
    note: z.string().optional(),
    format: z.literal('table'),
    sheet: z.string().optional(),
    /** Row of the header as a person counts, or texts by which to find it; else the first row with all columns. */
    headerRow: z
      .union([z.int().min(1), z.array(z.string()).min(1)], { error: 'a row number or a list of texts' })
      .optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
    kind: z.enum(KINDS),
    category: Category,
    /** Category of the columns that say where, when it is not the row's own. Without it, DC-11. */
    placeCategory: Category.optional(),
    /** What sort of statement the coordinates are. Needed when coordinates are mapped. */
    placeKind: z.enum(PLACE_KINDS).optional(),
    account: Account.optional(),
    /** Country calling code of telephone numbers written without one. */
    callingCode: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, { error: 'digits of a country calling code, without +' })
      .optional(),
    zone: Zone.optional(),
    /** What each zone abbreviation of this source means. */
    zoneNames: z.record(z.string().min(1), Zone).optional(),
    dayMonthOrder: z.enum(['day-month', 'month-day']).optional(),
    /** First year that `YY` can mean: 1970 reads 70 as 1970 and 69 as 2069. */
    firstYear: z.int().min(1900).max(2100).optional(),
    /** Which sign separates the fraction of a number. */
    decimal: z.enum(['comma', 'point']).optional(),
    /** Texts with which this source says that it has nothing to say, such as `-` or `N/A`. */
    emptyTexts: z.array(z.string()).optional(),
    columns: z.record(z.string().min(1), Column),
  })
  .superRefine((profile, context) => {
    for (const { path, message } of profileTroubles(profile)) context.addIssue({ code: 'custom', path, message });
  });
export type Profile = z.infer<typeof Profile>;

/**
 * The profile that a JSON value writes.
 *
 * Throws `formats/profile` naming each field that is wrong and how.
 */
export function readProfile(value: unknown): Profile {
  const read = Profile.safeParse(value);
  if (read.success) return read.data;
  const troubles = read.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`);
  throw new Problem('formats/profile', `The mapping profile cannot be used. ${troubles.join('; ')}.`, { troubles });
}
