/**
 * Sessions: events of one source that follow each other closely count once.
 *
 * Apps and networks write bursts; counting each event as if it were a separate choice makes every interval too narrow
 * (reference: inference, 0 and 2.1).
 */
import type { Micros } from '../../base/interval.ts';

export const GAP_MINUTES = 30;

export type Event = {
  id: string;
  /** Whose events may join: a format, a kind and an account together. */
  source: string;
  began: Micros;
  ended: Micros | null;
};

/** One session; `began` is that of its first event, which stands first in `events`. */
export type Session<E extends Event> = { source: string; began: Micros; ended: Micros; events: E[] };

type From = { format: string | null; kind: string; account: string | null };

/** Format and kind, as shown to the reader. */
export const labelOf = ({ format, kind }: Pick<From, 'format' | 'kind'>): string =>
  `${format ?? 'unknown format'} ${kind}`;
export const sourceOf = (from: From): string => `${labelOf(from)}\n${from.account ?? ''}`;
/** `records` in the order of sessions: whoever reads them so need not sort them again. */
export const IN_ORDER =
  "coalesce(format, 'unknown format') || ' ' || kind || chr(10) || coalesce(account, ''), began, id";

/** Sessions by source, then time. An event at most `gapMinutes` after the end of all before it joins them. */
export function sessionsOf<E extends Event>(events: readonly E[], gapMinutes: number = GAP_MINUTES): Session<E>[] {
  const gap = BigInt(Math.round(gapMinutes * 60_000_000));
  const sessions: Session<E>[] = [];
  for (const event of sorted(events)) {
    const ended = event.ended !== null && event.ended > event.began ? event.ended : event.began;
    const last = sessions.at(-1);
    if (last && last.source === event.source && event.began - last.ended <= gap) {
      last.events.push(event);
      if (ended > last.ended) last.ended = ended;
    } else {
      sessions.push({ source: event.source, began: event.began, ended, events: [event] });
    }
  }
  return sessions;
}

/** Those who ask often, ask with events that are in order already. */
export function sorted<E extends Event>(events: readonly E[]): readonly E[] {
  return events.every((event, at) => at === 0 || inOrder(events[at - 1]!, event) < 0)
    ? events
    : events.toSorted(inOrder);
}

function inOrder(a: Event, b: Event): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  if (a.began !== b.began) return a.began < b.began ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Written by a machine on its own: it shows that software ran, not that someone used it. */
export function isAutomatic(action: string | null): boolean {
  return (
    action !== null &&
    /\brefresh(ed|es)?\b|keep-?\s?alive|heartbeat|\bbackground\b|\bsync(ed|hroni[sz]ation)?\b|\bsession[ _]?updated?\b/i.test(
      action,
    )
  );
}
