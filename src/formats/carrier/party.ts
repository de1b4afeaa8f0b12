/**
 * Numbers in a call record: which is the subscriber's, who is the other party, and which fields name someone else.
 *
 * United States carriers write numbers without `+`; they are read under the North American plan. A short code or a
 * service code (`911`, `*86`) names no person.
 */
import { type Identifier, identifier } from '../../record/identifier.ts';
import type { Mention } from '../../record/record.ts';
import { saysWhere } from './cell-part.ts';
import type { Header } from './header.ts';

export type Party = {
  /** Source column the number stands in. */
  field: string;
  /** What stands there, without what a spreadsheet made of it. */
  text: string;
  who: Identifier | null;
};

/**
 * Digits as the carrier wrote them, from what a spreadsheet made of them: `15555550123.0`, `1.5555550123E+10`. An
 * exponent that lost digits, and any other text, is given back as it stands.
 */
export function digitsOf(text: string): string {
  const trimmed = text.trim();
  const whole = /^(\d+)\.0*$/.exec(trimmed);
  if (whole) return whole[1]!;
  const exponent = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$/i.exec(trimmed);
  if (!exponent) return trimmed;
  const fraction = exponent[2] ?? '';
  const power = Number(exponent[3]);
  return fraction.length === power ? `${exponent[1]}${fraction}` : trimmed;
}

/** The party in a field; null when the field is empty. */
export function partyIn(field: string, stored: string): Party | null {
  const text = digitsOf(stored);
  return text === '' ? null : { field, text, who: personIn(text) };
}

/**
 * The parties of a row: the `known` columns in their order, then any further column that is named for a number and holds
 * a telephone number, so that no column nobody foresaw shows one.
 */
export function partiesOf(header: Header, row: string[], known: readonly string[]): Party[] {
  const stored = known.flatMap((name) => header.stored(name) ?? []);
  const raw = header.raw(row);
  const further = header.names.filter(
    (name) => !stored.includes(name) && /number|msisdn|party/i.test(name) && !saysWhere(name),
  );
  return [
    ...stored.flatMap((name) => partyIn(name, raw[name]!) ?? []),
    ...further.flatMap((name) => partyIn(name, raw[name]!) ?? []).filter(({ who }) => who?.type === 'phone'),
  ];
}

function personIn(text: string): Identifier | null {
  const phone = identifier('phone', text, '1');
  if (phone) return phone;
  const abroad = /^011(\d{7,15})$/.exec(text);
  if (abroad) return identifier('phone', `+${abroad[1]}`);
  return /^[*#]|^\d{1,6}$/.test(text) ? null : identifier('untyped', text);
}

/** How a party is written in a column: the number in international form, else as stored. */
function written(party: Party): string {
  return party.who?.value ?? party.text;
}

/**
 * The other party of a row: the first of `parties`, in their order, that is not the account.
 *
 * `mentions` holds everyone else the row names, each with all the fields that do so.
 */
export function others(
  parties: Party[],
  account: Identifier | null,
): { counterpart: string | undefined; mentions: Mention[] } {
  const strangers = parties.filter((party) => !isAccount(party, account));
  const counterpart = strangers[0];
  const mentions: Mention[] = [];
  for (const { who, field } of strangers) {
    if (!who) continue;
    const known = mentions.find((mention) => mention.who.type === who.type && mention.who.value === who.value);
    if (known) known.fields.push(field);
    else mentions.push({ column: who === counterpart?.who ? 'counterpart' : null, who, fields: [field] });
  }
  return { counterpart: counterpart && written(counterpart), mentions };
}

export function isAccount(party: Party, account: Identifier | null): boolean {
  return account !== null && party.who?.type === account.type && party.who.value === account.value;
}
