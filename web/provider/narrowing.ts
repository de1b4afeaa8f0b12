/** A demand's items while they are made less: what is asked now, and what would be asked then. */
import type { Output } from '../desk.ts';

type Demand = Output<'request show'>['demand'];
export type Item = Demand['items'][number];

/** An item in the form: kept or given up, with what can be made less about it. */
export type Row = { item: Item; kept: boolean; category: string; from: string; to: string; text: string };

export function rowsOf({ items }: Pick<Demand, 'items'>): Row[] {
  return items.map((item) => ({
    item,
    kept: true,
    category: item.category ?? '',
    from: item.from ?? '',
    to: item.to ?? '',
    text: item.rawText,
  }));
}

/** The items as they would stand. What was not touched stays as it was written. */
export function itemsOf(rows: readonly Row[]): Item[] {
  return rows
    .filter(({ kept }) => kept)
    .map(({ item, category, from, to, text }) => {
      const { category: _category, from: _from, to: _to, ...rest } = item;
      const isSameEnd = to === (item.to ?? '');
      return {
        ...rest,
        ...(category ? { category: category as NonNullable<Item['category']> } : {}),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        throughLastDay: isSameEnd && item.throughLastDay,
        rawText: text,
      };
    });
}

export function isLess(rows: readonly Row[]): boolean {
  return JSON.stringify(itemsOf(rows)) !== JSON.stringify(itemsOf(rowsOf({ items: rows.map(({ item }) => item) })));
}

export function itemWords({ id, category, from, to, throughLastDay }: Item): string {
  const end = to === undefined ? 'no end' : throughLastDay ? `the end of ${to}` : `before ${to}`;
  const range = from === undefined && to === undefined ? 'no dates' : `from ${from ?? 'no start'} to ${end}`;
  return `${id}: ${category ?? 'no category'}; ${range}`;
}
