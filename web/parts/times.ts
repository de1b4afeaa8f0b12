/** Instants as people read them: in a named zone, to the precision the source had, never without the zone. */

/** `2017-03-04 05:06:07 MST` in a zone, from an instant as text or milliseconds. What cannot be read is given back as it is. */
export function inZone(
  instant: string | number,
  zone: string,
  precision: 'second' | 'minute' | 'day' = 'second',
): string {
  let moment: Temporal.Instant;
  try {
    moment =
      typeof instant === 'number' ? Temporal.Instant.fromEpochMilliseconds(instant) : Temporal.Instant.from(instant);
  } catch {
    return String(instant);
  }
  const local = moment.toZonedDateTimeISO(zone);
  const date = local.toPlainDate().toString();
  if (precision === 'day') return `${date} ${nameOf(local)}`;
  const time = local.toPlainTime().toString({ smallestUnit: precision });
  return `${date} ${time} ${nameOf(local)}`;
}

/** What people call the zone then: `UTC`, `MST`, or its offset. */
function nameOf(local: Temporal.ZonedDateTime): string {
  if (local.timeZoneId === 'UTC') return 'UTC';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: local.timeZoneId, timeZoneName: 'short' }).formatToParts(
    local.epochMilliseconds,
  );
  const short = parts.find(({ type }) => type === 'timeZoneName')?.value ?? local.offset;
  return short.startsWith('GMT') ? `UTC${local.offset}` : short;
}

/** How long until, in the two largest units: `in 2 days 3 hours`, `3 hours ago`. */
export function untilWords(instant: string, nowMs: number = Date.now()): string {
  const minutes = Math.round((Date.parse(instant) - nowMs) / 60_000);
  const units: [number, string][] = [
    [1440, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ];
  let rest = Math.abs(minutes);
  const said: string[] = [];
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && said.length < 2) said.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  if (said.length === 0) return 'now';
  return minutes > 0 ? `in ${said.join(' ')}` : `${said.join(' ')} ago`;
}
