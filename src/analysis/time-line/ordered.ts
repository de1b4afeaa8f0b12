/** Which of the ordered ranges a source of records answers. */
import { type IdentifierType, identifier, names } from '../../record/identifier.ts';
import type { Scoped } from '../../store/scoped.ts';

export type OrderedRange = Scoped['ranges'][number];

type AnsweredBy = {
  item: string | null;
  category: string | null;
  account: string | null;
  accountType: string | null;
};

/**
 * Ranges of the same item and category, narrowed to those that name the account where any does.
 *
 * Items are numbered within their own paper, so a number alone may be that of two papers.
 */
export function rangesFor(ranges: readonly OrderedRange[], by: AnsweredBy): OrderedRange[] {
  const alike = ranges.filter(({ item, category }) => item === by.item && category === by.category);
  const named = alike.filter(({ target }) => namesAccount(target, by));
  return named.length > 0 ? named : alike;
}

/** Whether an item's target, such as `phone +15755550142`, names this account. */
function namesAccount(target: string, { account, accountType }: Pick<AnsweredBy, 'account' | 'accountType'>): boolean {
  const space = target.indexOf(' ');
  const [type, text] = [target.slice(0, space) as IdentifierType, target.slice(space + 1)];
  const who = identifier(type, text);
  if (!who || account === null) return false;
  return names(who, { type: (accountType ?? 'untyped') as IdentifierType, value: account, text: account });
}
