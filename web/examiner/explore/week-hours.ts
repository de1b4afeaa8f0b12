/** The hour of the week each instant falls into, in a zone: 0 is Monday 00:00, 167 Sunday 23:00, 255 where there is no time. */

const QUARTER = 900_000;
const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `began` ascending is fastest. A zone's offset is asked for once for each quarter of an hour that occurs: no hour begins elsewhere. */
export function weekHours(began: Float64Array, zone: string): Uint8Array {
  const out = new Uint8Array(began.length);
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const known = new Map<number, number>();
  let lastQuarter = Number.NaN;
  let lastHour = 255;
  for (let index = 0; index < began.length; index++) {
    const at = began[index]!;
    if (Number.isNaN(at)) {
      out[index] = 255;
      continue;
    }
    const quarter = Math.floor(at / QUARTER);
    if (quarter !== lastQuarter) {
      lastQuarter = quarter;
      let hour = known.get(quarter);
      if (hour === undefined) {
        hour = zone === 'UTC' ? utc(quarter) : local(parts, quarter);
        known.set(quarter, hour);
      }
      lastHour = hour;
    }
    out[index] = lastHour;
  }
  return out;
}

function utc(quarter: number): number {
  const hours = Math.floor(quarter / 4);
  // 1970-01-01 was a Thursday.
  return (((hours + 72) % 168) + 168) % 168;
}

function local(parts: Intl.DateTimeFormat, quarter: number): number {
  const [weekday, , hour] = parts.formatToParts(quarter * QUARTER);
  return DAY_NAMES.indexOf(weekday!.value) * 24 + Number(hour!.value);
}

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
