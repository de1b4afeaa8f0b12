/** Single values of a business record: an address with its port, a time, a text kept out of the columns. */
import { sha256 } from '../../base/digest.ts';
import { address } from '../../record/identifier.ts';
import type { Draft } from '../../record/record.ts';
import { noTime, type Stamp, stated, type ZoneRule } from '../../record/stamp.ts';
import { readEpoch, readIso } from '../reading/times.ts';

export type Endpoint = { ip: string; port: number | undefined };

/**
 * `203.0.113.7`, `203.0.113.7:51515`, `[2001:db8::7]:51515`, `[2001:db8::7]`, `2001:db8::7`; null when it is none.
 *
 * An IPv6 address without brackets is one address: nothing is split off it as a port.
 */
export function readEndpoint(text: string): Endpoint | null {
  const written = text.includes('\n') ? text.replace(/\s+/g, '') : text.trim();
  const whole = address(written);
  if (whole !== null) return { ip: whole, port: undefined };
  const border = written.lastIndexOf(':');
  const before = written.slice(0, border);
  if (border < 0 || (before.includes(':') && !before.endsWith(']'))) return null;
  const [ip, port] = [address(before), readPort(written.slice(border + 1))];
  return ip === null || port === null ? null : { ip, port };
}

export function readPort(text: string): number | null {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65_535 ? Number(text) : null;
}

const USUAL = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) UTC$/;

/**
 * `2018-07-02 17:10:33 UTC` or seconds since 1970; null when it is neither.
 *
 * A value that a page break left in two lines is tried as one, with and without a space where the lines meet. A clock
 * time that names no zone stays undetermined unless an examiner declared one.
 */
export function readTime(text: string, zone: ZoneRule | undefined): Stamp | null {
  const usual = USUAL.exec(text);
  if (usual) {
    const [, year, month, day, hour, minute, second] = usual;
    const ms = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!);
    // Date.UTC rolls 31 February over to March and reads years below 100 as 19xx; the text must come back unchanged.
    const back = Number.isNaN(ms) ? '' : new Date(ms).toISOString();
    const same = back.slice(0, 10) === text.slice(0, 10) && back.slice(11, 19) === text.slice(11, 19);
    return same ? stated(text, BigInt(ms) * 1000n, 'second') : null;
  }
  if (/^\d{9,10}$/.test(text.trim())) return readEpoch(text, 's');
  const tries = text.includes('\n') ? [text.replace(/\n\s*/g, ''), text.replace(/\s*\n\s*/g, ' ')] : [text];
  for (const tried of tries) {
    const apart = tried.replace(/^(\d{4}-\d\d-\d\d)(\d\d:)/, '$1 $2');
    const stamp = readIso(apart, zone) ?? readIso(apart.replace(/(?<=\d)(?=UTC$)/, ' '), zone);
    if (stamp) return { ...stamp, text };
  }
  return null;
}

/** The time columns of a draft; without a stamp the row states no time. */
export function timeOf(stamp: Stamp | null): TimeColumns {
  const { began, ended, precision, zoneBasis, undetermined, text } = stamp ?? noTime();
  const columns: TimeColumns = { began, ended, precision, timeAsStored: text, zoneBasis };
  if (undetermined !== undefined) columns.undetermined = undetermined;
  return columns;
}

export type TimeColumns = Pick<Draft, 'began' | 'ended' | 'precision' | 'timeAsStored' | 'zoneBasis' | 'undetermined'>;

/** A state of the account as of the answer: it has no time of its own. */
export const STATE: TimeColumns = timeOf(null);

/** What stands in a record in place of content: how much there was, and a digest to find it again in the original. */
export function digested(text: string): string {
  return `[${[...text].length} characters, sha-256 ${sha256(text)}]`;
}
