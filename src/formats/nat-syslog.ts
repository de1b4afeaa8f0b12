/**
 * NAT events in syslog: which inside address used which outside address and port, from when until when.
 *
 * The message that makes a mapping and the one that removes it are one lease. Shows a translation, not who sat there.
 */
import type { Draft, Locator } from '../record/record.ts';
import { DESTINATION, type NatEvent, natEvent } from './carrier/nat-event.ts';
import { syslogFrames } from './carrier/syslog-frames.ts';
import { format, type Reading } from './format.ts';

type Open = { event: NatEvent; locator: Locator };

export default format({
  title: 'NAT events in syslog (RFC 5424)',
  support: 'documented',
  sources: ['RFC 5424', 'RFC 6587, section 3.4.1', 'draft-ietf-behave-syslog-nat-logging-06'],
  limits:
    'A removal is paired with the last making of the same mapping that stands before it in the same file. A mapping whose ' +
    'removal is not in the file has an open end; a removal without its making is the instant it was removed. Mappings that ' +
    'are open are kept in memory. The subscriber is an inside address: only the carrier can say whose it was. The other ' +
    'party of a session needs DC-06 and is kept as text only.',
  kinds: ['lease'],
  recognise({ text }) {
    return /^(\d{1,8} )?<\d{1,3}>1 (\S+ ){4}(SADD|SDEL) \[nsess\b|^(\d{1,8} )?<\d{1,3}>1 (\S+ ){4}(APMADD|APMDEL) \[napmap\b/m.test(
      text,
    )
      ? 'syslog messages SADD, SDEL, APMADD or APMDEL'
      : null;
  },
  async *read(file, context) {
    const open = new Map<string, Open>();
    for await (const frame of syslogFrames(file)) {
      const { locator } = frame;
      if ('unreadable' in frame) {
        yield frame;
        continue;
      }
      const event = natEvent(frame.text, context.zone);
      if ('unreadable' in event) {
        yield { unreadable: event.unreadable, locator, raw: frame.text };
        continue;
      }
      const begun = open.get(event.mapping);
      if (event.change === 'add') {
        // Made again without a removal in between: the first one's end is not in the log.
        if (begun) yield openEnd(begun);
        open.set(event.mapping, { event, locator });
      } else {
        open.delete(event.mapping);
        yield* removed(begun, { event, locator });
      }
    }
    for (const begun of open.values()) yield openEnd(begun);
  },
});

function* removed(begun: Open | undefined, removal: Open): Iterable<Reading> {
  const [began, ended] = [begun?.event.stamp.began ?? null, removal.event.stamp.began];
  if (!begun || (began !== null && ended !== null && ended < began)) {
    if (begun) yield openEnd(begun);
    yield { record: lease(removal.event, 'delete without add', ended), locator: removal.locator };
    return;
  }
  const record = lease(begun.event, ended === null ? 'delete without time' : 'add and delete', ended);
  record.timeAsStored = `${begun.event.stamp.text} / ${removal.event.stamp.text}`;
  // Where the end carries no zone the lease cannot be placed as a whole.
  if (removal.event.stamp.undetermined === 'no zone') record.undetermined ??= 'no zone';
  record.raw = { ...record.raw, 'delete TIMESTAMP': removal.event.raw.TIMESTAMP! };
  yield { record, locator: `${begun.locator} + ${removal.locator}` };
}

function openEnd({ event, locator }: Open): Reading {
  return { record: lease(event, 'open end', null), locator };
}

function lease(event: NatEvent, action: string, ended: bigint | null): Draft {
  const { stamp, subjects, values, raw } = event;
  const fields = DESTINATION.filter((name) => name in raw);
  return {
    kind: 'lease',
    category: 'DC-02',
    subjects,
    began: stamp.began,
    ended: stamp.began === null ? null : ended,
    precision: stamp.precision,
    timeAsStored: stamp.text,
    zoneBasis: stamp.zoneBasis,
    undetermined: stamp.undetermined,
    values: { action, ...values },
    raw,
    ...(fields.length > 0 ? { parts: [{ category: 'DC-06', columns: [], fields }] } : {}),
  };
}
