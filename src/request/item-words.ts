/** An item as people say it: what, about whom, from when to when, as the demand itself writes it. */
import { CATEGORY_WORDS } from '../instrument/kinds.ts';
import type { Demand } from '../instrument/legal-request.ts';

export function itemInWords(demand: Demand, id: string): string {
  const item = demand.items.find((one) => one.id === id);
  if (!item) return `item ${id}`;
  const target = demand.targets[item.target];
  const what = item.category ? `${CATEGORY_WORDS[item.category]} (${item.category})` : 'no category named';
  return `Item ${id}: ${what}; ${target ? `${target.type} ${target.value}` : 'no target'}; ${rangeInWords(item)}`;
}

export function rangeInWords({ from, to, throughLastDay }: Demand['items'][number]): string {
  if (from === undefined && to === undefined) return 'no dates';
  return `from ${from ?? 'no start'} to ${to === undefined ? 'no end' : throughLastDay ? `the end of ${to}` : `before ${to}`}`;
}

/** Lines for before and after a narrowing: what stayed, what was cut, what went. */
export function narrowingInWords(before: Demand, after: Demand): { item: string; before: string; after: string }[] {
  return before.items.flatMap((item) => {
    const now = after.items.filter(({ id }) => id === item.id || id.startsWith(`${item.id}.`));
    const was = itemInWords(before, item.id);
    if (now.length === 0) return [{ item: item.id, before: was, after: 'given up' }];
    return now.map(({ id }) => ({ item: id, before: was, after: itemInWords(after, id) }));
  });
}
