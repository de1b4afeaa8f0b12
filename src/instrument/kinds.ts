/**
 * Kinds of paper and what each can reach, as far as the lowest-instrument table goes.
 *
 * From the project's legal reference, sections 2 and 3 (18 U.S.C. §§ 2702–2713; Regulation (EU) 2023/1543). It shows an
 * examiner that a paper asks for more than its kind reaches; it decides nothing.
 */
export const CATEGORIES = [
  'DC-01', 'DC-02', 'DC-03', 'DC-04', 'DC-05', 'DC-06', 'DC-07', 'DC-08', 'DC-09', 'DC-10', 'DC-11', 'DC-12', 'DC-13',
  'DC-14', 'DC-15', 'DC-16', 'DC-17', 'DC-18', 'DC-19', 'DC-20', 'DC-21', 'DC-22',
] as const; // biome-ignore format: one list

export const CATEGORY_WORDS: Record<string, string> = {
  'DC-01': 'subscriber identity',
  'DC-02': 'sessions and IP addresses',
  'DC-03': 'service facts',
  'DC-04': 'payment',
  'DC-05': 'devices',
  'DC-06': 'communications metadata',
  'DC-07': 'account metadata',
  'DC-08': 'transactions',
  'DC-09': 'searches and prompts',
  'DC-10': 'derived location',
  'DC-11': 'precise or historic location',
  'DC-12': 'content of communications',
  'DC-13': 'stored files and posts',
  'DC-14': 'public content',
  'DC-15': 'preserved snapshot',
  'DC-16': 'future metadata',
  'DC-17': 'future content',
  'DC-18': 'secrets',
  'DC-19': "provider's notes",
  'DC-20': 'other people in the record',
  'DC-21': 'cohort',
  'DC-22': 'ciphertext',
};

const upTo = (last: number) => CATEGORIES.slice(0, last);
const STORED = CATEGORIES.filter((category) => !['DC-16', 'DC-17', 'DC-18', 'DC-21'].includes(category));

/** What each kind reaches; an empty list reaches nothing by itself, null is left to the reviewer. */
const REACH: Record<string, readonly string[] | null> = {
  'US-SUBP': [...upTo(4), 'DC-10'],
  'US-SUBP-ADMIN': [...upTo(4), 'DC-10'],
  'US-3486': [...upTo(4), 'DC-10'],
  'US-1509': upTo(4),
  'US-1225D': upTo(4),
  'US-FTC-CID': upTo(4),
  'US-DEA-876': upTo(4),
  'US-2703D': [...upTo(8), 'DC-10', 'DC-19', 'DC-20'],
  'US-WARRANT': STORED,
  'US-WARRANT-ST': STORED,
  'US-REVERSE': ['DC-21'],
  'US-PENTRAP': ['DC-16'],
  'US-WIRETAP': ['DC-17'],
  'US-NSL': ['DC-01', 'DC-03'],
  'US-2703F': [],
  'US-EDR': null,
  'US-CONSENT': null,
  'US-CIVIL': upTo(8),
  'US-DEF': upTo(8),
  'US-NDO': [],
  'XB-MLAT': null,
  'XB-CLOUD': STORED,
  'EU-EPOC-S': ['DC-01', 'DC-02', 'DC-03', 'DC-04', 'DC-08'],
  'EU-EPOC-T': STORED,
  'EU-EPOC-PR': [],
  'EU-EIO': null,
  'EU-DSA10': null,
  'DE-STPO': null,
  'UK-IPA3': null,
  'UK-PACE': null,
  'CoE-2AP': ['DC-01', 'DC-03'],
  'OWN-DATA': CATEGORIES,
};

export const INSTRUMENT_KINDS = Object.keys(REACH) as [string, ...string[]];

/** Papers that issue without a judge and reach the records of a subpoena: 18 U.S.C. § 2703(c)(2) and its relatives. */
export const SUBPOENAS: readonly string[] = [
  'US-SUBP', 'US-SUBP-ADMIN', 'US-3486', 'US-1509', 'US-1225D', 'US-FTC-CID', 'US-DEA-876',
]; // biome-ignore format: one list

/** The choices of a policy that bear on what a paper reaches. */
export type ReachPolicy = {
  reach: { readonly [kind: string]: readonly string[] | undefined };
  ipLogTier: 'all' | 'recent' | 'order';
};

/**
 * Whether a kind of paper reaches a category here: the policy's list where it has one for the kind, the table
 * otherwise. Null is left to a reviewer: kinds the table does not decide, and a snapshot (DC-15) whose content is not
 * stated. What is public (DC-14) takes no paper. Where only recent sessions are reached it is true, and `recentOnly`
 * says so.
 */
export function reaches(kind: string, category: string, policy: ReachPolicy): boolean | null {
  const reach = policy.reach[kind] ?? REACH[kind];
  if (!reach) return null;
  if (isSessionLog(category) && SUBPOENAS.includes(kind) && policy.ipLogTier === 'order') return false;
  if (reach.includes(category)) return true;
  if (category === 'DC-14') return reach.length > 0;
  return category === 'DC-15' && reach.length > 0 ? null : false;
}

/** Whether the policy gives this paper only the sessions of `recentLoginDays` before receipt. */
export function recentOnly(kind: string, category: string, policy: ReachPolicy): boolean {
  return policy.ipLogTier === 'recent' && isSessionLog(category) && SUBPOENAS.includes(kind);
}

/** Derived location (DC-10) is read from the addresses of sessions, so it goes where they go. */
function isSessionLog(category: string): boolean {
  return category === 'DC-02' || category === 'DC-10';
}

export type ReachFinding = { rule: 'reach'; severity: 'reject' | 'warn'; path: string; message: string; cure: string };

/**
 * Items that ask for a category their kind of paper does not reach. Transactions held by a bank or a money-transfer
 * company are business records outside the Stored Communications Act, so DC-08 on a subpoena is a warning, not more.
 */
export function reachFindings(kind: string, items: { categories: readonly string[] }[]): ReachFinding[] {
  const reach = REACH[kind];
  if (!reach) return [];
  return items.flatMap((item, index) =>
    item.categories
      .filter((category) => !reach.includes(category))
      .map(
        (category): ReachFinding => ({
          rule: 'reach',
          severity: category === 'DC-08' ? 'warn' : 'reject',
          path: `items[${index}].categories`,
          message: `${kind} does not by itself reach ${category} (${CATEGORY_WORDS[category]}).`,
          cure: `Take ${category} out, or rest it on a paper that reaches it.`,
        }),
      ),
  );
}
