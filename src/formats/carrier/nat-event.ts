/**
 * A NAT event in a syslog message (draft-ietf-behave-syslog-nat-logging): a session or an address-port mapping was made
 * or removed.
 *
 * In parameter names I is inside, X is outside, S is source, D is destination; `SV6ENC` is the IPv6 end of a tunnel.
 */
import { address, type Identifier, identifier } from '../../record/identifier.ts';
import type { Draft } from '../../record/record.ts';
import type { Stamp, ZoneRule } from '../../record/stamp.ts';
import { noTime } from '../../record/stamp.ts';
import { readIso } from '../reading/times.ts';
import { readSyslog, type SyslogMessage } from './syslog.ts';

export type NatEvent = {
  change: 'add' | 'delete';
  /** The same for the message that makes a mapping and the one that removes it. */
  mapping: string;
  stamp: Stamp;
  subjects: Identifier[];
  values: Draft['values'];
  /** Source fields, those of the message's header among them. */
  raw: Record<string, string>;
};

/** MSGID, and the SD-ID that goes with it. */
const EVENTS: Record<string, { change: NatEvent['change']; data: string }> = {
  SADD: { change: 'add', data: 'nsess' },
  SDEL: { change: 'delete', data: 'nsess' },
  APMADD: { change: 'add', data: 'napmap' },
  APMDEL: { change: 'delete', data: 'napmap' },
};

const SAME = [
  'SSUBIX',
  'SVLAN',
  'SV6ENC',
  'ISADDR',
  'ISPORT',
  'IDADDR',
  'IDPORT',
  'XSADDR',
  'XSPORT',
  'PROTO',
  'XDADDR',
  'XDPORT',
];

/** IANA protocol numbers that NAT carries; any other keeps its number. */
const PROTOCOLS: Record<string, string> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6', 132: 'SCTP' };

/** Fields that say whom the subscriber was in contact with. */
export const DESTINATION = ['XDADDR', 'XDPORT', 'IDADDR', 'IDPORT'];

export function natEvent(line: string, zone?: ZoneRule): NatEvent | { unreadable: string } {
  const message = readSyslog(line);
  if (!message) return { unreadable: 'not a message after RFC 5424' };
  const event = EVENTS[message.msgId];
  // An SD-ID of a vendor's own carries its number after an `@` (RFC 5424, 7.2.2).
  const data = message.elements.find(({ id }) => event && id.split('@')[0] === event.data);
  if (!event || !data) return { unreadable: 'not a NAT session or mapping event' };
  const raw = rawOf(message);
  const stamp = message.timestamp === '-' ? noTime('-') : readIso(message.timestamp, zone);
  if (!stamp) return { unreadable: 'the time of the message is none' };
  const params = new Map(data.params);
  const text = (name: string) => params.get(name) ?? '';
  const [inside, outside] = [address(text('ISADDR')), identifier('ip', text('XSADDR'))];
  if (inside === null || !outside) return { unreadable: 'ISADDR or XSADDR is not an address' };
  const port = portOf(text('XSPORT'));
  if (port === null) return { unreadable: 'XSPORT is not a port' };
  const tunnel = text('SV6ENC') === '' ? null : identifier('ip', text('SV6ENC'));
  if (text('SV6ENC') !== '' && !tunnel) return { unreadable: 'SV6ENC is not an address' };
  const subscriber = identifier('untyped', subscriberOf(inside, text('SSUBIX'), tunnel?.value))!;
  return {
    change: event.change,
    mapping: JSON.stringify([event.data, ...SAME.map(text)]),
    stamp,
    subjects: [subscriber, outside, ...(tunnel ? [tunnel] : [])],
    values: {
      subscriber: subscriber.value,
      ip: outside.value,
      port_low: port,
      port_high: port,
      inside_ip: inside,
      protocol: text('PROTO') === '' ? undefined : (PROTOCOLS[text('PROTO')] ?? text('PROTO')),
    },
    raw,
  };
}

/** Behind a tunnel, or in another routing instance, the same inside address is another subscriber's. */
function subscriberOf(inside: string, index: string, tunnel: string | undefined): string {
  if (tunnel !== undefined) return `${inside} SV6ENC ${tunnel}`;
  return index === '' || index === '0' ? inside : `${inside} SSUBIX ${index}`;
}

/** Undefined when the field is missing. */
function portOf(text: string): number | undefined | null {
  if (text === '') return undefined;
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}

function rawOf(message: SyslogMessage): Record<string, string> {
  const { timestamp, hostname, appName, procId, msgId, elements, text } = message;
  const raw: Record<string, string> = {
    TIMESTAMP: timestamp,
    HOSTNAME: hostname,
    'APP-NAME': appName,
    PROCID: procId,
    MSGID: msgId,
  };
  for (const [name, value] of elements.flatMap(({ params }) => params)) {
    const repeats = Object.keys(raw).filter((known) => known === name || known.startsWith(`${name} (`)).length;
    raw[repeats === 0 ? name : `${name} (${repeats + 1})`] = value;
  }
  if (text !== '') raw.MSG = text;
  return raw;
}
