/**
 * T-Mobile call detail records, with or without locations: one row per call or message on the network.
 *
 * Says that the network connected numbers and which antenna it used; not who held the phone, nor what was said.
 */
import type { Identifier } from '../record/identifier.ts';
import type { Draft } from '../record/record.ts';
import { statedIn } from './carrier/banner.ts';
import { cellPart } from './carrier/cell-part.ts';
import { readDateAndTime } from './carrier/clock.ts';
import { secondsIn, spanOf } from './carrier/contact.ts';
import { type Header, hasHeader } from './carrier/header.ts';
import { others } from './carrier/party.ts';
import { tableRows } from './carrier/rows.ts';
import { cellsIn } from './carrier/t-mobile-cells.ts';
import { accountOf, facing, isVoicemail, numberInEveryRow, partiesIn, subjectsOf } from './carrier/t-mobile-numbers.ts';
import { format } from './format.ts';

const REQUIRED = [['Date'], ['(UTC) Time'], ['Call Type'], ['Calling Number']];
const CALL_TYPES: Record<string, { medium: string; direction?: 'inbound' | 'outbound' }> = {
  msoriginating: { medium: 'voice', direction: 'outbound' },
  msterminating: { medium: 'voice', direction: 'inbound' },
  moc: { medium: 'voice', direction: 'outbound' },
  mtc: { medium: 'voice', direction: 'inbound' },
  callforwarding: { medium: 'voice' },
  msoriginatingsmsinmsc: { medium: 'SMS', direction: 'outbound' },
  msterminatingsmsinmsc: { medium: 'SMS', direction: 'inbound' },
  smsc: { medium: 'SMS' },
  'rcs-imchat': { medium: 'RCS' },
};

export default format({
  title: 'T-Mobile call detail records (workbook or CSV)',
  support: 'documented',
  sources: ['The carrier’s column key v.170711, published in a U.S. Department of Justice disclosure'],
  limits:
    'One row is one event on the network, automatic ones included; roaming calls are absent and content is not kept. All ' +
    'times are UTC, so a day is a UTC day. The time is read as the start of the call. Azimuth is the middle of a sector: ' +
    'its width is not measured and not stored. Messages carry no cell. The layout of the rows above the header is not ' +
    'published; without them the account is the one number in every row, or stays unknown. A row that does not hold the ' +
    'stated number keeps only its SIM and device. Timing-advance files are not read by this format.',
  kinds: ['contact'],
  recognise: (sample) =>
    hasHeader(sample, REQUIRED) ? 'columns “(UTC) Time”, “Call Type” and “Calling Number”' : null,
  async *read(file) {
    let accounts: Identifier[] = [];
    const banner: string[][] = [];
    for await (const line of tableRows(file, REQUIRED)) {
      if ('unreadable' in line) yield line;
      else if ('banner' in line) banner.push(line.banner);
      else if ('row' in line) {
        const record = contact(line.header, line.row, accounts);
        yield record
          ? { record, locator: line.locator }
          : { unreadable: NO_MOMENT, locator: line.locator, raw: line.header.raw(line.row) };
      } else {
        const stated = statedIn(banner.splice(0));
        if (stated) yield { stated };
        // A further table without a banner of its own is about the account of the one before.
        if (stated?.targets.length) accounts = stated.targets;
        else if (accounts.length === 0) accounts = await numberInEveryRow(tableRows(file, REQUIRED));
      }
    }
  },
});

const NO_MOMENT = 'date and time are not a month/day/year and a 24-hour time';

function contact(header: Header, row: string[], accounts: Identifier[]): Draft | null {
  const cell = (name: string) => header.cell(row, name);
  const stamp = readDateAndTime(cell('Date'), cell('(UTC) Time'), { zone: 'UTC', basis: 'provider rule' });
  if (!stamp) return null;
  const type = CALL_TYPES[cell('Call Type').toLowerCase()];
  const direction = directionOf(cell('Direction')) ?? type?.direction;
  const parties = partiesIn(header, row);
  const account = accountOf(parties, accounts, direction);
  const { counterpart, mentions } = others(facing(parties, direction), account);
  const seconds = secondsIn(cell('Duration'));
  const raw = header.raw(row);
  return {
    kind: 'contact',
    category: 'DC-06',
    subjects: subjectsOf(account, cell('IMSI'), cell('IMEI')),
    ...spanOf(stamp, seconds),
    values: {
      action: cell('Call Type') || undefined,
      medium: parties.some(isVoicemail) ? 'voicemail' : type?.medium,
      direction,
      duration_seconds: seconds,
      counterpart,
      ...cellsIn(header, row),
    },
    raw,
    parts: cellPart(raw),
    mentions,
  };
}

function directionOf(text: string): 'inbound' | 'outbound' | undefined {
  if (/^(in|incoming|inbound)$/i.test(text)) return 'inbound';
  return /^(out|outgoing|outbound)$/i.test(text) ? 'outbound' : undefined;
}
