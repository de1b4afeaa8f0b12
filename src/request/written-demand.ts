/**
 * A demand from a message that carries no form: what can be read of it without guessing, and nothing more.
 *
 * A valid `request.json` among its files is the demand, except for the way it came, which the desk saw itself. Without one
 * there are no items, no dates and no categories, so the rules push it back; its text stays with it.
 */
import { isUtf8 } from 'node:buffer';
import { isProblem } from '../base/problem.ts';
import { shortened, visible } from '../document/visible.ts';
import type { Agency, Directory } from '../instrument/agency.ts';
import { type Demand, type DemandInput, readDemand } from '../instrument/legal-request.ts';
import type { Attachment } from './attachment.ts';
import { listedAgency } from './domain.ts';
import type { Email } from './email.ts';
import type { Note } from './note.ts';
import { numbersIn } from './number.ts';

export type WrittenDemand = {
  /** Passes `checkedDemand`. */
  demand: DemandInput;
  /** Whether the demand is the sender's own form, or what a reader could make of the text. */
  by: 'request.json' | 'text';
  /** Files to keep with the request, in the order of the message; the message itself is not among them. */
  documents: Attachment<Email>[];
  /** ETSI messages, if any: whoever calls reads them. */
  xml: Attachment<Email>[];
  /** Proposed because it lists the sender's domain. Nobody has confirmed it. */
  proposed: Agency | null;
  /** Numbers in the message: they must not be the ones that are called. */
  numbers: string[];
  notes: Note[];
};

/** A country that is not known, as the code tables of ISO 3166 leave it to users. */
export const UNKNOWN_COUNTRY = 'ZZ';
export const NOT_STATED = 'not stated';

const TEXT_LIMIT_CHARACTERS = 1_900_000;
const FIELD_LIMIT_CHARACTERS = 200;

export function writtenDemand(email: Email, directory: Directory): WrittenDemand {
  const notes: Note[] = [];
  const note = (what: Note['what'], place: string, says: string) => notes.push({ what, place, says });
  const proposed = email.from === null ? null : listedAgency(email.from.domain, directory);
  const text = textOf(email);
  const numbers = numbersIn(text);
  const form = structured(email, note);
  if (numbers.length > 0)
    note(
      'number',
      'text',
      `Numbers stand in it (${numbers.slice(0, 5).join(', ')}). Call the number in the directory, never these.`,
    );
  const shared = {
    documents: email.attachments,
    xml: email.attachments.filter(isXml),
    proposed,
    numbers,
    notes,
  };
  if (form !== null) return { ...shared, demand: asReceived(form, email, note), by: 'request.json' };

  if (proposed !== null)
    note(
      'agency',
      'From',
      `${proposed.name} lists this domain and is proposed as the agency. A mailbox proves no authority.`,
    );
  else note('agency', 'From', 'The directory lists no agency with this domain; which agency asks is not known.');
  if (speaksOfEmergency(`${email.headers.subject ?? ''}\n${text}`))
    note(
      'emergency',
      'text',
      'It speaks of an emergency. A person reads it now; what it asks was not made an emergency request.',
    );
  if (text === '') note('text', 'text', 'It has no text.');
  const names = email.attachments.map(({ shown }) => shown);
  const demand: DemandInput = {
    channel: 'email',
    requester: {
      agencyName: proposed?.name ?? NOT_STATED,
      country: proposed?.country ?? UNKNOWN_COUNTRY,
      officer: field(email.from?.name) ?? email.from?.address ?? NOT_STATED,
      ...(email.from === null ? {} : { email: email.from.address }),
    },
    instrument: {
      attachments: names,
      ...languageOf(email),
      ...(text === '' ? {} : { text: shortened(text, TEXT_LIMIT_CHARACTERS) }),
    },
    items: [],
  };
  return { ...shared, demand, by: 'text' };
}

type Say = (what: Note['what'], place: string, says: string) => void;

/** The one file named `request.json`, when it is a valid demand. */
function structured(email: Email, note: Say): Demand | null {
  const forms = email.attachments.filter(({ name }) => name?.toLowerCase() === 'request.json');
  if (forms.length > 1) {
    note('structured demand', 'request.json', `${forms.length} files have this name; none was used.`);
    return null;
  }
  const form = forms[0];
  if (form === undefined) return null;
  if (!isUtf8(form.bytes)) {
    note('structured demand', 'request.json', 'It is not UTF-8, so it was not used.');
    return null;
  }
  try {
    return readDemand(new TextDecoder().decode(form.bytes));
  } catch (error) {
    if (!isProblem(error)) throw error;
    note('structured demand', 'request.json', `It was not used: ${visible(error.message)}`);
    return null;
  }
}

/** What the sender says of the way it came gives way to what the desk saw. */
function asReceived(form: Demand, email: Email, note: Say): DemandInput {
  const from = email.from?.address;
  if (form.channel !== 'email' && form.channel !== 'other')
    note('structured demand', 'request.json', `It says it came by ${form.channel}; it came by e-mail.`);
  const said = form.requester.email;
  if (said !== undefined && said.toLowerCase() !== from?.toLowerCase())
    note(
      'sender',
      'request.json',
      `It names ‘${visible(said)}’; the message is from ‘${visible(from ?? 'nobody named')}’.`,
    );
  if (form.eu?.transport === 'dits')
    note('structured demand', 'request.json', 'It says it came over the decentralised IT system; it came by e-mail.');
  return {
    ...form,
    channel: 'email',
    requester: { ...form.requester, ...(said === undefined && from !== undefined ? { email: from } : {}) },
    ...(form.eu === undefined ? {} : { eu: { ...form.eu, transport: 'email' } }),
  };
}

/** The plain text, and below it the HTML's where it says something else. */
function textOf({ text, htmlText }: Email): string {
  const both = htmlText === null ? text : `${text}\n\n[the HTML part]\n${htmlText}`;
  return both.replace(/\r\n/g, '\n').trim();
}

/** Only where the message itself says so (RFC 3282), and says one. */
function languageOf(email: Email): { language?: string } {
  const said = email.headers.all.filter(({ name }) => name.toLowerCase() === 'content-language');
  const language = said.length === 1 ? said[0]!.value.trim() : '';
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? { language } : {};
}

function isXml({ name, mediaTypeSeen }: Attachment<Email>): boolean {
  return mediaTypeSeen === 'application/xml' || /\.xml$/i.test(name ?? '');
}

/** In the languages requests come in most; it only asks for a person's eyes. */
const EMERGENCY =
  /\b(emergency|emergencies|exigent|imminent|life[- ]threatening|life (is )?at risk|danger to life|EDR|Notfall|Gefahr im Verzug|Lebensgefahr|urgence|urgencia|emergenza|pericolo di vita)\b/i;

function speaksOfEmergency(text: string): boolean {
  return EMERGENCY.test(text);
}

function field(text: string | undefined): string | null {
  const plain = visible(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? null : shortened(plain, FIELD_LIMIT_CHARACTERS);
}
