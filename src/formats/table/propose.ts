/**
 * A first profile for a table that no format knows, from its header and the values of its sample.
 *
 * It proposes; a person decides. What the values leave open it asks: the order of day and month unless a value decides,
 * the zone unless the file states it, what an abbreviation means, which sign is the decimal one.
 */
import { isIP } from 'node:net';
import { PLACE_KINDS } from '../../record/record.ts';
import type { Sample } from '../format.ts';
import { readPoint } from './coordinates.ts';
import { type Layout, layoutOf } from './layout.ts';
import { readAmount } from './numbers.ts';
import { ask, type ProposalDraft as Draft, type Proposal, type ProposedProfile } from './proposal.ts';
import { askForZoneNames, pairDateAndClock, proposeTime, zoneAbove } from './propose-times.ts';
import type { Role } from './roles.ts';
import { guessTime } from './time-guess.ts';
import { type Meaning, meaningOf, speaksOfTime } from './words.ts';

export type { Proposal, Question } from './proposal.ts';

/** Null when the sample does not look like a table. Repeats header texts and zone names, no other value. */
export function propose(sample: Sample): Proposal | null {
  const layout = layoutOf(sample);
  if (layout === null) return null;
  const draft: Draft = { layout, columns: new Map(), questions: [], notes: [] };
  for (const [index, text] of layout.header.entries())
    proposeColumn(draft, text.replace(/\s+/g, ' ').trim(), valuesAt(layout, index));
  pairDateAndClock(draft);
  askForPeople(draft);
  const kind = kindOf(draft);
  const zone = zoneAbove(draft);
  if (sample.text.includes('\ufffd') && sample.sheets === null) {
    draft.questions.push({
      about: 'encoding',
      asks: 'The text is not UTF-8. Which encoding is it?',
      options: ['windows-1252', 'utf-16le'],
    });
  }
  if (layout.above.length > 0)
    draft.notes.push(
      `${layout.above.length} rows stand above the header; they are kept as what the file states of itself`,
    );
  const profile: ProposedProfile = {
    profile: 'proposed',
    format: 'table',
    ...(layout.sheet === null ? {} : { sheet: layout.sheet }),
    ...(layout.delimiter === null ? {} : { delimiter: layout.delimiter }),
    ...kind,
    ...(zone === null ? {} : { zone }),
    ...(draft.decimal === undefined ? {} : { decimal: draft.decimal }),
    columns: Object.fromEntries([...draft.columns].map(([header, { zoned: _, ...column }]) => [header, column])),
  };
  return { profile, questions: draft.questions, notes: draft.notes };
}

const VALUES = 200;

function valuesAt({ rows }: Layout, index: number): string[] {
  return rows
    .map((row) => (row[index] ?? '').trim())
    .filter((text) => text !== '')
    .slice(0, VALUES);
}

function proposeColumn(draft: Draft, header: string, values: string[]): void {
  if (header === '' || draft.columns.has(header)) return;
  if (header.includes('\ufffd')) {
    draft.notes.push('a header text cannot be shown before the encoding is known');
    return;
  }
  const shown = roleOfValues(values);
  const meaning = meaningOf(header);
  if (shown !== null && shown !== 'coordinates') draft.columns.set(header, { role: shown });
  else if (shown !== null) proposeMeaning(draft, header, values, { role: shown });
  else if (meaning === null || /date|time/i.test(header)) {
    const guess =
      meaning?.role === 'zone' || meaning?.role === 'paid-zone' ? null : guessTime(values, speaksOfTime(header));
    if (guess !== null) {
      proposeTime(draft, header, values, guess.guess);
      if (guess.others > 0)
        draft.notes.push(
          `${JSON.stringify(header)}: ${guess.others} values of the sample are written otherwise and would be unreadable`,
        );
    } else if (meaning !== null) proposeMeaning(draft, header, values, meaning);
    else draft.notes.push(`${JSON.stringify(header)}: not recognised; it stays among the source fields`);
  } else proposeMeaning(draft, header, values, meaning);
}

/** What six values in ten are by themselves, whatever the header says. */
function roleOfValues(values: string[]): Role | null {
  const most = (is: (value: string) => boolean) => values.length > 0 && values.filter(is).length >= 0.6 * values.length;
  const alone = (value: string) => isIP(value.replace(/\/\d{1,3}$/, '')) !== 0;
  if (most(alone)) return 'ip';
  if (most((value) => alone(value) || /^(?:\d+(?:\.\d+){3}|\[[0-9a-f:.]+\]):\d{1,5}$/i.test(value)))
    return 'ip-and-port';
  const point = (value: string) =>
    /[.°]\d|geo:/.test(value) && typeof readPoint(value, undefined, undefined, 'point') !== 'string';
  return most(point) ? 'coordinates' : null;
}

function proposeMeaning(draft: Draft, header: string, values: string[], meaning: Meaning): void {
  const taken = [...draft.columns.values()].some(({ role }) => role === meaning.role);
  if (taken && !meaning.role.endsWith('-detail') && meaning.role !== 'account') {
    draft.notes.push(
      `${JSON.stringify(header)}: looks like a second ${meaning.role}; it stays among the source fields`,
    );
    return;
  }
  draft.columns.set(header, { ...meaning });
  if (meaning.role === 'duration_seconds' && values.every((value) => /^\d+:\d\d:\d\d$/.test(value))) {
    draft.columns.set(header, { ...meaning, unit: 'h:mm:ss' });
  }
  if (meaning.role === 'amount') askForDecimal(draft, values);
  if (meaning.role === 'zone' || meaning.role === 'paid-zone') askForZoneNames(draft, header, values);
  if (meaning.type === 'phone' && values.some((value) => !value.startsWith('+'))) {
    ask(
      draft,
      'callingCode',
      'Some telephone numbers carry no country. Which country calling code do they belong to?',
      [],
    );
  }
  if (meaning.role === 'latitude' && meaning.unit === undefined && values.some((value) => /^-?\d{5,}$/.test(value))) {
    ask(draft, header, 'Whole numbers too large for degrees: are the coordinates multiplied by ten million?', [
      'unit: e7',
    ]);
  }
  if (meaning.role === 'latitude' || meaning.role === 'coordinates') {
    ask(draft, 'placeKind', 'What sort of statement are the coordinates?', [...PLACE_KINDS]);
  }
}

function askForDecimal(draft: Draft, values: string[]): void {
  if (!values.some((value) => readAmount(value, undefined) === 'ambiguous')) return;
  const fitting = (['point', 'comma'] as const).filter((sign) =>
    values.every((value) => readAmount(value, sign) !== null),
  );
  if (fitting.length === 1) draft.decimal = fitting[0]!;
  else ask(draft, 'decimal', 'Which sign separates the fraction of a number?', ['point', 'comma']);
}

function askForPeople(draft: Draft): void {
  const roles = [...draft.columns.values()].flatMap(({ role }) => role);
  if (roles.includes('account')) return;
  const named = [...draft.columns].filter(([, { type }]) => type !== undefined).map(([header]) => header);
  const addresses = [...draft.columns].filter(([, { role }]) => role === 'ip').map(([header]) => header);
  ask(draft, 'account', 'Whose record is a row: the subject of which column, or one account for the whole file?', [
    ...named,
    ...addresses,
  ]);
}

function kindOf({ columns, questions, notes }: Draft): { kind?: string; category?: string } {
  const has = (...roles: Role[]) => roles.some((role) => [...columns.values()].some((column) => column.role === role));
  const found: [string, string] | null =
    has('amount') && has('sender', 'receiver', 'reference') ? ['transfer', 'DC-08']
    : has('ip', 'ip-and-port') && has('subscriber', 'port-range', 'port-low') ? ['lease', 'DC-02']
    : has('ip', 'ip-and-port') ? ['session', 'DC-02']
    : has('counterpart', 'direction', 'duration_seconds') ? ['contact', 'DC-06']
    : has('latitude', 'coordinates') ? ['place', 'DC-11']
    : has('amount') ? ['transfer', 'DC-08'] : null; // biome-ignore format: a ladder
  if (found === null) {
    questions.push({
      about: 'kind',
      asks: 'What is a row, and in which data category?',
      options: ['session', 'lease', 'contact', 'place', 'transfer', 'fact'],
    });
    return {};
  }
  notes.push(`kind ${found[0]} and category ${found[1]} are proposed from the header; confirm them`);
  return { kind: found[0], category: found[1] };
}
