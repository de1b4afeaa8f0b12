/** Addresses and ports of a row. A port that is not stated stays absent: unknown. */
import { address, identifier } from '../../record/identifier.ts';
import type { KindValues } from '../../record/record.ts';
import { readPort } from './numbers.ts';
import { type Cell, type Row, withoutFloat } from './row.ts';

export function networkOf(row: Row): KindValues {
  const values: KindValues = {};
  const ip = row.one('ip');
  if (ip) values.ip = addressIn(row, ip) ?? row.refuse(ip, 'not an IP address');
  const inside = row.one('inside-ip');
  if (inside) values.inside_ip = addressIn(row, inside) ?? row.refuse(inside, 'not an IP address');
  const joined = row.one('ip-and-port');
  if (joined) Object.assign(values, addressAndPort(joined.text) ?? row.refuse(joined, 'not an IP address and port'));
  for (const [role, column] of [
    ['port', 'port'],
    ['port-low', 'port_low'],
    ['port-high', 'port_high'],
  ] as const) {
    const cell = row.one(role);
    if (cell) values[column] = readPort(withoutFloat(cell.text)) ?? row.refuse(cell, 'not a port');
  }
  const range = row.one('port-range');
  if (range) Object.assign(values, portsIn(range.text) ?? row.refuse(range, 'not a range of ports'));
  const { port_low: low, port_high: high } = values;
  if (low !== undefined && high !== undefined && low > high) {
    row.refuse((row.one('port-high') ?? range)!, 'the highest port is below the lowest');
  }
  return values;
}

/** Only a lease can be of a whole prefix. */
function addressIn(row: Row, { text }: Cell): string | null {
  const lease = row.plan.profile.kind === 'lease';
  return address(text) ?? (lease ? (identifier('ip-prefix', text)?.value ?? null) : null);
}

/** `203.0.113.7:51515`, `[2001:db8::7]:51515`, or an address alone. A bare IPv6 address has no port. */
function addressAndPort(text: string): KindValues | null {
  const alone = address(text);
  if (alone !== null) return { ip: alone };
  const found = /^(\[[0-9a-f:.]+\]|[0-9.]+):(\d{1,5})$/i.exec(text);
  const [ip, port] = [found && address(found[1]!), found && readPort(found[2]!)];
  return ip === null || port === null ? null : { ip, port };
}

function portsIn(text: string): KindValues | null {
  const found = /^(\d{1,5})\s*[-\u2010-\u2015]\s*(\d{1,5})$/.exec(text);
  const [low, high] = [found && readPort(found[1]!), found && readPort(found[2]!)];
  return low === null || high === null ? null : { port_low: low, port_high: high };
}
