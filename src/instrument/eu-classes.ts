/**
 * The four classes of data of Regulation (EU) 2023/1543, Article 3(9) to (12), and which one a category or an item is
 * in.
 *
 * From the project's legal reference, section 3. Categories that have no class of their own there (transactions, the
 * provider's notes, other people in the record, a snapshot of something else) give null; nothing is guessed for them.
 */
import type { LegalRequest, RequestItem } from './legal-request.ts';

export type EuClass = 'subscriber' | 'identification' | 'traffic' | 'content';

const CLASSES: Readonly<Record<string, EuClass>> = {
  'DC-01': 'subscriber',
  'DC-02': 'traffic',
  'DC-03': 'subscriber',
  'DC-04': 'subscriber',
  'DC-05': 'traffic',
  'DC-06': 'traffic',
  'DC-07': 'traffic',
  'DC-09': 'content',
  'DC-10': 'traffic',
  'DC-11': 'traffic',
  'DC-12': 'content',
  'DC-13': 'content',
  'DC-22': 'content',
};

/** Sessions and addresses are identification data only when asked for solely to identify a user (Art. 3(10)). */
export function euClass(category: string | undefined, { onlyToIdentify = false } = {}): EuClass | null {
  if (category === 'DC-02' && onlyToIdentify) return 'identification';
  return CLASSES[category ?? ''] ?? null;
}

/**
 * The class an item is judged by. Asking for contacts or movements makes it traffic data whatever the certificate says.
 * Where the category gives no class, the certificate's own does; a preservation certificate has none.
 */
export function classOfItem({ instrument }: Pick<LegalRequest, 'instrument'>, item: RequestItem): EuClass | null {
  const follows = item.asks.includes('contacts or movements');
  const own = euClass(item.category, { onlyToIdentify: item.asks.includes('only to identify') && !follows });
  if (follows && own !== 'content') return 'traffic';
  if (own !== null) return own;
  return instrument.type === 'EU-EPOC-S' ? 'subscriber' : instrument.type === 'EU-EPOC-T' ? 'traffic' : null;
}

/** The two classes that the Regulation keeps to judges and to graver offences. */
export function isTrafficOrContent(request: Pick<LegalRequest, 'instrument'>, item: RequestItem): boolean {
  const found = classOfItem(request, item);
  return found === 'traffic' || found === 'content';
}
