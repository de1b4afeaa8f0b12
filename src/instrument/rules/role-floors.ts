/**
 * Who may sign which kind of paper: the roles at or above the floor that its statute sets.
 *
 * A kind that is not here has no floor that a role alone can show: 18 U.S.C. § 3486 and the enabling statutes of
 * administrative subpoenas allow delegation, and European orders are judged with who validated them.
 */
import type { LegalRequest } from '../legal-request.ts';

export type Role = NonNullable<LegalRequest['instrument']['issuerRole']>;

const BENCH: Role[] = ['judge', 'magistrate judge', 'court'];

export const ROLE_FLOORS: Readonly<Record<string, readonly Role[]>> = {
  'US-2703D': BENCH,
  'US-WARRANT': BENCH,
  'US-WARRANT-ST': BENCH,
  'US-REVERSE': BENCH,
  'US-PENTRAP': BENCH,
  'US-NDO': BENCH,
  /** 18 U.S.C. § 2510(9) leaves out magistrate judges. */
  'US-WIRETAP': ['judge', 'court'],
  'US-SUBP': [...BENCH, 'clerk', 'grand jury', 'prosecutor', 'attorney general'],
  'US-1509': ['district director', 'special agent in charge'],
  /** A special agent may hold an immigration officer's power; the paper's role does not show it. */
  'US-1225D': [
    'attorney general',
    'immigration officer',
    'special agent',
    'special agent in charge',
    'district director',
  ],
  'US-NSL': ['FBI director', 'deputy assistant director', 'special agent in charge'],
  'US-CIVIL': [...BENCH, 'clerk', 'lawyer'],
  'US-DEF': [...BENCH, 'clerk', 'lawyer'],
};
