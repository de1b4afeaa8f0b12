/** The accounting of a production: for every item what was found, what of it was handed over, and why the rest was not. */
import { textFrom } from '../base/interval.ts';
import type { Accounting, AccountingLine } from '../formats/production/accounting.ts';
import type { ItemCount } from '../request/act.ts';
import type { Scope } from '../scope/scope.ts';
import type { Count } from '../source/count.ts';
import { itemOf } from './approved-scope.ts';
import type { Written } from './collection.ts';

const ZONE = 'UTC' as const;

/** `counts` is what the sources counted; `written` is what stands in the files. The two are held against each other. */
export function accountingOf(
  scope: Scope,
  counts: readonly Count[],
  written: Written,
): { accounting: Accounting; items: ItemCount[] } {
  const items = scope.items.map((item): { line: AccountingLine; count: ItemCount } => {
    const own = counts.filter((count) => count.item === item.id);
    const withheld = added(own.map((count) => count.withheld as Record<string, number>));
    const lines = written.lines.filter((line) => line.item === item.id);
    const produced = own.reduce((sum, count) => sum + count.produced, 0);
    const found = produced + sum(withheld);
    const category = item.categories[0]!;
    return {
      line: {
        item: itemOf(item.id),
        category,
        account: item.target.value,
        accountType: item.target.type,
        // A state of the account has no range; what stands in the scope is the moment of receipt.
        ...(item.range.ended - item.range.began > 1n
          ? { began: textFrom(item.range.began), ended: textFrom(item.range.ended) }
          : {}),
        found,
        produced,
        withheld,
        files: lines.map(({ path, rows }) => ({ path: `data/${path}`, rows })),
      },
      count: {
        item: itemOf(item.id),
        category,
        account: item.target.value,
        found,
        produced,
        withheld,
        partsWithheld: own.reduce((all, count) => all + sum(count.parts), 0),
      },
    };
  });
  const produced = items.reduce((all, { count }) => all + count.produced, 0);
  if (produced !== written.rows)
    throw new TypeError(`the sources counted ${produced} rows, ${written.rows} were written`);
  return {
    accounting: {
      items: items.map(({ line }) => line),
      withheld: added(items.map(({ count }) => count.withheld)),
      produced,
      zone: ZONE,
    },
    items: items.map(({ count }) => count),
  };
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);

function added(counts: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const one of counts)
    for (const [reason, rows] of Object.entries(one)) total[reason] = (total[reason] ?? 0) + rows;
  return Object.fromEntries(Object.entries(total).sort(([a], [b]) => (a < b ? -1 : 1)));
}
