/** Findings about a target, laid on the items that ask about it: the items about other targets can go on. */
import type { LegalRequest, RequestItem, RequestTarget } from './legal-request.ts';
import type { Judged } from './rule.ts';

/**
 * A finding for each item whose target `wrong` picks. A request without any item gets one for each such target; a
 * target that no item asks about gets none, because nothing would be done with it.
 */
export function eachTarget(
  request: LegalRequest,
  field: string,
  wrong: (target: RequestTarget, item: RequestItem | null) => boolean | Omit<Judged, 'path' | 'item'>,
): Judged[] {
  const judged = (index: number, item: RequestItem | null): Judged[] => {
    const target = request.targets[index];
    const found = target === undefined ? false : wrong(target, item);
    if (found === false) return [];
    return [
      {
        path: `targets[${index}]${field ? `.${field}` : ''}`,
        ...(item === null ? {} : { item: item.id }),
        ...(found === true ? {} : found),
      },
    ];
  };
  if (request.items.length === 0) return request.targets.flatMap((_, index) => judged(index, null));
  return request.items.flatMap((item) => judged(item.target, item));
}
