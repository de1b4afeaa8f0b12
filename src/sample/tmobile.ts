/** The carrier's call detail workbook, location version, under its own column names; all times UTC (formats, section 7). */

import { CALLS_RECORDED, type Call } from './calls.ts';
import { SENDER } from './cast.ts';
import { time24, usDate } from './clock.ts';
import type { Cell as ServingCell } from './radio.ts';
import { type Cell, workbook } from './workbook.ts';

const COLUMNS = ['Date', '(UTC) Time', 'Duration', 'Call Type', 'Direction', 'Calling Number', 'Dialed Number', 'Called Number',
  'Destination Number', 'IMSI', 'IMEI', 'Completion Code', 'Service Code', 'Switch Name'] as const; // biome-ignore format: as stored
const TOWER = ['LTE Site ID', 'LTE Sector ID', 'LAC', 'Cell ID', 'Tower Azimuth', 'Tower LAT', 'Tower LONG', 'Tower Address',
  'Tower City', 'Tower State', 'Tower Zip'] as const; // biome-ignore format: as stored

const CALL_COLUMNS: string[] = [
  ...COLUMNS,
  ...TOWER.map((name) => `1st ${name}`),
  ...TOWER.map((name) => `Last ${name}`),
];

export function callWorkbook(calls: Call[]): Uint8Array {
  const last = CALLS_RECORDED.ended - 1;
  const banner: Cell[][] = [
    ['T-Mobile Law Enforcement Relations - Call Detail Records with cell locations'],
    ['Subscriber Number:', digits(SENDER.phone)],
    ['Date Range (UTC):', `${stamp(CALLS_RECORDED.began)} to ${stamp(last)}`],
    ['All dates and times are in Coordinated Universal Time (UTC).'],
    [],
  ];
  return workbook([{ name: 'CDR', rows: [...banner, CALL_COLUMNS, ...calls.map(rowOf)] }]);
}

function rowOf(call: Call): Cell[] {
  const [own, other] = [digits(SENDER.phone), digits(call.counterpart)];
  const [calling, called] = call.outgoing ? [own, other] : [other, own];
  const voice = call.medium === 'voice';
  const type = voice ? (call.outgoing ? 'mSOriginating' : 'mSTerminating') : 'SMSc';
  return [
    usDate(call.at, 'UTC'), time24(call.at, 'UTC'), call.durationSeconds, type, call.outgoing ? 'Outgoing' : 'Incoming',
    calling, call.outgoing ? called.slice(1) : called, called, called, SENDER.imsi, SENDER.imei,
    'Completed Successfully', voice ? '11' : '21', 'ELPTXSW1', ...tower(call.first), ...tower(call.last),
  ]; // biome-ignore format: one row
}

function tower(cell: ServingCell | null): Cell[] {
  if (!cell) return TOWER.map(() => null);
  const { site, sector } = cell;
  const { latitude, longitude } = site;
  return [site.site, sector.sector, null, null, sector.azimuth, latitude, longitude, null, 'LAS CRUCES', 'NM', null];
}

function stamp(at: number): string {
  return `${usDate(at, 'UTC')} ${time24(at, 'UTC')}`;
}

/** `15755550142`, as the carrier writes a number. */
function digits(phone: string): string {
  return phone.slice(1);
}
