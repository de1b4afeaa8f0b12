/**
 * Carrier port-block log: which subscriber held which ports of a shared address, and when.
 *
 * One row is one lease. It shows who could have used an address and port, not that anything was sent.
 */
import { identifier } from '../record/identifier.ts';
import type { Draft } from '../record/record.ts';
import type { ZoneRule } from '../record/stamp.ts';
import { headerOf } from './carrier/header.ts';
import { leaseTime } from './carrier/lease.ts';
import { format } from './format.ts';
import type { BulkTable } from './reading/bulk.ts';
import { readCsv } from './reading/csv.ts';
import { readIso } from './reading/times.ts';

const COLUMNS = ['subscriber', 'start', 'end', 'public_ip', 'port_low', 'port_high'];

/** Names count as they stand: the database engine finds its columns by them. */
const isHeader = (names: string[]) => COLUMNS.every((name) => names.includes(name));

/**
 * One row by header text. Times without a zone stay undetermined unless `zone` declares one; an empty end is a lease that
 * was still held. Both ports empty: the whole address. `inside_ip` is read when the table has it.
 */
function leaseIn(fields: Record<string, string>, zone?: ZoneRule): Draft | { unreadable: string } {
  const text = (name: string) => fields[name] ?? '';
  const subscriber = identifier('untyped', text('subscriber'));
  const ip = identifier('ip', text('public_ip'));
  const inside = identifier('ip', text('inside_ip'));
  const [start, end] = [readIso(text('start'), zone), readIso(text('end'), zone)];
  if (!subscriber) return { unreadable: 'no subscriber' };
  if (!ip) return { unreadable: 'public_ip is not an address' };
  if (!inside && text('inside_ip').trim() !== '') return { unreadable: 'inside_ip is not an address' };
  if (!start || !end) return { unreadable: 'start or end is not a time' };
  const time = leaseTime(start, end);
  if (!time) return { unreadable: 'the lease ends before it starts' };
  const ports = portsIn(text('port_low').trim(), text('port_high').trim());
  if (!ports) return { unreadable: 'port_low and port_high are not a range of ports' };
  return {
    kind: 'lease',
    category: 'DC-02',
    subjects: [subscriber, ip],
    ...time,
    values: { subscriber: subscriber.value, ip: ip.value, ...ports, ...(inside ? { inside_ip: inside.value } : {}) },
    raw: { ...fields },
  };
}

function portsIn(low: string, high: string): { port_low?: number; port_high?: number } | null {
  if (low === '' && high === '') return {};
  if (!/^\d{1,5}$/.test(low) || !/^\d{1,5}$/.test(high)) return null;
  const ports = { port_low: Number(low), port_high: Number(high) };
  return ports.port_low <= ports.port_high && ports.port_high <= 65_535 ? ports : null;
}

const [BEGAN, ENDED] = ['try_cast("start" as timestamp)', 'try_cast("end" as timestamp)'];
const [LOW, HIGH] = ['try_cast("port_low" as integer)', 'try_cast("port_high" as integer)'];
const asWritten = (time: string) => `strftime(${time}, '%Y-%m-%dT%H:%M:%SZ')`;

/** Whether a text is a time written in full; `infinity` is the one other text that comes back as it was. */
const isWritten = (text: string, time: string) => `(strlen(${text}) = 20 and ${asWritten(time)} = ${text})`;

/**
 * Writing the typed value again and comparing is what keeps the engine's lenient casts out: ` 018-…`, `T 5:` and `T24:`
 * all become times, and none comes back as it was. Whether an address is one is left to the importer, once an address.
 */
const bulk: BulkTable = {
  kind: 'lease',
  category: 'DC-02',
  delimiter: ',',
  columns: COLUMNS,
  row: leaseIn,
  sql: {
    began: BEGAN,
    ended: ENDED,
    values: { subscriber: '"subscriber"', ip: '"public_ip"', port_low: LOW, port_high: HIGH },
    exact: [
      // Text that starts and ends with a visible ASCII character is what a trim leaves alone.
      `"subscriber" between '!' and '~' and "subscriber"[-1] between '!' and '~'`,
      isWritten('"start"', BEGAN),
      `(coalesce("end", '') = '' or (${isWritten('"end"', ENDED)} and ${ENDED} >= ${BEGAN}))`,
      `${LOW}::varchar = "port_low" and ${HIGH}::varchar = "port_high"`,
      `${LOW} >= 0 and ${LOW} <= ${HIGH} and ${HIGH} <= 65535`,
    ].join(' and '),
    restore: {
      start: asWritten('began'),
      end: `coalesce(${asWritten('ended')}, '')`,
      port_low: 'port_low::varchar',
      port_high: 'port_high::varchar',
    },
  },
  timeColumns: ['start', 'end'],
  subjects: [
    { column: 'subscriber', type: 'untyped' },
    { column: 'public_ip', type: 'ip' },
  ],
};

export default format({
  title: 'Carrier NAT port-block log (CSV)',
  support: 'documented',
  sources: ['RFC 6888, section 4', 'RFC 7422', 'This project’s own column names'],
  limits:
    'One row is one lease: who held the ports, not that anything was sent. Times without a zone are not placed. Where ports ' +
    'are not given the row speaks of the whole address. Clocks of two networks differ, and a port is used again within ' +
    'seconds.',
  kinds: ['lease'],
  recognise: ({ text }) =>
    isHeader((text.split(/\r?\n/, 1)[0] ?? '').split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1')))
      ? 'columns subscriber, public_ip, port_low and port_high'
      : null,
  async *read(file, context) {
    let names: string[] | null = null;
    for await (const row of readCsv(file, { delimiter: ',' })) {
      const locator = `row ${row.number}`;
      if ('unreadable' in row) yield { unreadable: row.unreadable, locator, raw: row.text };
      else if (names === null) {
        names = headerOf(row.fields).names;
        if (!isHeader(names)) {
          yield { unreadable: `columns ${COLUMNS.join(', ')} expected`, locator, raw: row.fields.join(',') };
          return;
        }
      } else if (row.fields.length === 1 && row.fields[0]!.trim() === '') continue;
      else if (row.fields.length !== names.length) {
        yield { unreadable: `${names.length} columns expected`, locator, raw: row.fields.join(',') };
      } else {
        const fields = Object.fromEntries(names.map((name, place) => [name, row.fields[place]!]));
        const lease = leaseIn(fields, context.zone);
        yield 'unreadable' in lease
          ? { unreadable: lease.unreadable, locator, raw: fields }
          : { record: lease, locator };
      }
    }
  },
  bulk,
});
