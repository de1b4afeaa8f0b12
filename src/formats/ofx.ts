/**
 * Bank and card statements in OFX (also QFX), 1.x SGML and 2.x XML: transactions, balances, the account.
 *
 * Statements in one file stay apart: each row names the account of its own statement. Investment statements and other
 * message sets are listed as unreadable, not read.
 */

import { declaredEncoding, decoded, decoderFor, soundPrefix } from './bank/decoding.ts';
import { leaves, type OfxElement, readOfx } from './bank/ofx-document.ts';
import { accountOf, readBalance, readTransaction, type StatementAccount } from './bank/ofx-statement.ts';
import { readOfxTime } from './bank/ofx-time.ts';
import { format, type ReadContext, type Reading, type Stated } from './format.ts';

const LIMIT_BYTES = 256 * 1024 * 1024;
const STATEMENTS = ['STMTRS', 'CCSTMTRS'];
const SIGN_ON = 'SIGNONMSGSRSV1';

export default format({
  title: 'Bank or card statement (OFX, QFX)',
  support: 'documented',
  sources: ['Open Financial Exchange specification 1.6 and 2.1.1, sections 3, 5 and 11'],
  limits:
    'The posting time is when the bank booked, often a placeholder hour. A time without a zone is GMT by the ' +
    'specification and local in practice, so it is not placed. NAME may describe a booking instead of naming a person. ' +
    'FITID is unique within one account at best. The file carries no signature and can be edited.',
  kinds: ['transfer', 'fact'],
  recognise: ({ text }) =>
    /<OFX>/.test(text) && /^\s*(OFXHEADER\s*:|<\?xml|<\?OFX|<OFX>)/i.test(text) ? 'OFX header and element' : null,

  async *read(file, context): AsyncIterable<Reading> {
    const bytes = await file.bytes(LIMIT_BYTES);
    const decoder = decoderFor(declaredEncoding(bytes));
    const text = decoder && decoded(decoder, bytes, false);
    const broken: Reading = { unreadable: 'the bytes are not valid in the encoding the file states', locator: 'file' };
    if (text === null) yield broken;
    if (!decoder) return;
    const ofx = readOfx(text ?? soundPrefix(decoder, bytes)).children.find((child) => child.name === 'OFX');
    if (!ofx) {
      yield { unreadable: 'no OFX element', locator: 'file' };
      return;
    }
    const counts = new Map<string, number>();
    for (const set of ofx.children) yield* messageSet(set, ofx, counts, context);
    if (ofx.unclosed) yield { unreadable: 'the file ends before its last end tag', locator: 'OFX' };
  },
});

/** One message set: its statements, and a word on everything in it that is no statement. */
function* messageSet(
  set: OfxElement,
  ofx: OfxElement,
  counts: Map<string, number>,
  context: ReadContext,
): Iterable<Reading> {
  if (set.name === SIGN_ON) return;
  for (const answer of set.children) {
    const statements = answer.children.filter((child) => STATEMENTS.includes(child.name));
    for (const statement of statements) yield* readStatement(statement, ofx, numbered(counts, statement.name), context);
    if (statements.length === 0) {
      const locator = `${set.name}/${numbered(counts, answer.name)}`;
      yield { unreadable: 'not a bank or card statement', locator, raw: leaves(answer) };
    }
  }
  if (set.children.length === 0) {
    yield { unreadable: 'not a bank or card statement', locator: numbered(counts, set.name), raw: set.text };
  }
}

function* readStatement(
  statement: OfxElement,
  ofx: OfxElement,
  locator: string,
  context: ReadContext,
): Iterable<Reading> {
  const account = accountOf(statement);
  yield { stated: statedBy(statement, account, ofx, context) };
  yield account.number === undefined
    ? { unreadable: 'the statement names no account', locator }
    : { record: account.fact, locator: `${locator}/${account.element}` };
  const counts = new Map<string, number>();
  for (const part of statement.children) {
    if (part.name === 'BANKTRANLIST') {
      for (const row of part.children) {
        if (row.name === 'STMTTRN') {
          yield at(`${locator}/${numbered(counts, row.name)}`, readTransaction(row, account, context.zone));
        } else if (row.children.length > 0) {
          yield unread(row, `${locator}/${numbered(counts, row.name)}`);
        }
      }
    } else if (part.name === 'LEDGERBAL' || part.name === 'AVAILBAL') {
      yield at(`${locator}/${numbered(counts, part.name)}`, readBalance(part, account, context.zone));
    } else if (part.children.length > 0 && part.name !== account.element) {
      yield unread(part, `${locator}/${numbered(counts, part.name)}`);
    }
  }
}

/** What a statement says it covers; a bare last day counts as that whole day. */
function statedBy(statement: OfxElement, account: StatementAccount, ofx: OfxElement, context: ReadContext): Stated {
  const list = statement.children.find((child) => child.name === 'BANKTRANLIST');
  const range = list ? leaves({ ...list, children: list.children.filter((child) => child.children.length === 0) }) : {};
  const signOn = ofx.children.find((child) => child.name === SIGN_ON);
  const fields = { ...(signOn ? leaves(signOn) : {}), ...account.raw, ...range };
  const start = readOfxTime(range.DTSTART ?? '', context.zone);
  const end = readOfxTime(range.DTEND ?? '', context.zone);
  const generated = readOfxTime(fields['SONRS/DTSERVER'] ?? '', context.zone);
  return {
    targets: account.subjects,
    began: start?.began ?? null,
    ended: end?.ended ?? end?.began ?? null,
    ...([start, end].some((stamp) => stamp?.precision === 'day' && stamp.zoneBasis === 'unknown')
      ? { days: true as const }
      : {}),
    generated: generated?.precision === 'day' ? null : (generated?.began ?? null),
    fields,
  };
}

function unread(element: OfxElement, locator: string): Reading {
  return { unreadable: `${element.name} is not read by this format`, locator, raw: leaves(element) };
}

function at(locator: string, read: ReturnType<typeof readTransaction>): Reading {
  return 'unreadable' in read ? { ...read, locator } : { record: read, locator };
}

function numbered(counts: Map<string, number>, name: string): string {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return `${name}[${count}]`;
}
