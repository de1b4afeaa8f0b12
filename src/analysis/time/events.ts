/** The records whose time of day can be read, as events; and those left out, each with its reason. */
import type { Micros } from '../../base/interval.ts';
import type { Kind, Precision } from '../../record/record.ts';
import type { Scoped } from '../../store/scoped.ts';
import type { LeftOut } from '../finding.ts';
import { byText } from '../place/figures.ts';
import type { Origin } from './exposure.ts';
import { inSql } from './kinds.ts';
import { type Event, IN_ORDER, isAutomatic, labelOf, sourceOf } from './sessions.ts';

export type TimedEvent = Event &
  Origin & {
    /** Format and kind, as shown to the reader. */
    label: string;
    precision: Precision;
    ip: string | null;
    latitude: number | null;
    longitude: number | null;
  };

type Row = {
  id: string;
  kind: Kind;
  return: string | null;
  format: string | null;
  account: string | null;
  item: string | null;
  category: string | null;
  action: string | null;
  began: Micros | null;
  ended: Micros | null;
  precision: Precision | null;
  ip: string | null;
  latitude: number | null;
  longitude: number | null;
};

export type Asked = { kinds: readonly Kind[]; account?: string | undefined; format?: string | undefined };

export async function timedEvents(scoped: Scoped, asked: Asked): Promise<{ events: TimedEvent[]; leftOut: LeftOut[] }> {
  const rows = await scoped.rows<Row>(
    `select id, kind, "return", format, account, item, category, action, began, ended, precision, ip, latitude, longitude
     from records
     where kind in ${inSql(asked.kinds)}
       and ($account is null or account = $account) and ($format is null or format = $format)
     order by ${IN_ORDER}`,
    { account: asked.account ?? null, format: asked.format ?? null },
  );
  const events: TimedEvent[] = [];
  const reasons = new Map<string, LeftOut>();
  for (const row of rows) {
    const why = reasonAgainst(row);
    if (why === null) {
      const label = labelOf(row);
      events.push({
        ...row,
        label,
        source: sourceOf(row),
        began: row.began!,
        precision: row.precision ?? 'none',
      });
    } else {
      const what = `${row.kind} records`;
      const known = reasons.get(`${what}\n${why}`);
      if (known) known.count += 1;
      else reasons.set(`${what}\n${why}`, { what, why, count: 1 });
    }
  }
  return { events, leftOut: [...reasons.entries()].toSorted(([a], [b]) => byText(a, b)).map(([, one]) => one) };
}

function reasonAgainst({ began, precision, action }: Row): string | null {
  if (began === null || precision === null || precision === 'none') return 'no time that can be placed';
  if (precision === 'day' || precision === 'month' || precision === 'hour') return 'time not stated to the minute';
  return isAutomatic(action) ? 'written by software on its own, such as a refresh of a session' : null;
}
