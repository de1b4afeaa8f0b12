/** An order of secrecy covers the process it names: by its docket, by the request it follows, or by the account. */
import type { LegalRequest } from '../../legal-request.ts';
import { isOrdered } from '../../nondisclosure.ts';
import { rule, when } from '../../rule.ts';
import { order } from '../example.ts';

const COURT = 'U.S. District Court, District of New Mexico';

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Too short a name would be found in anything. */
function names(text: string, name: string | undefined): boolean {
  const wanted = plain(name ?? '');
  return wanted.length >= 3 && plain(text).includes(wanted);
}

function isTied({ ndo, instrument, refersTo, targets }: LegalRequest): boolean {
  const linked = ndo?.linkedTo;
  if (linked === undefined) return false;
  return [instrument.caseNo, refersTo, ...targets.map(({ value }) => value)].some((name) => names(linked, name));
}

const tied = (linkedTo: string | undefined, more: object = {}) =>
  order({ ndo: { court: COURT, endsOn: '2026-12-09', ...(linkedTo === undefined ? {} : { linkedTo }) } }, more);

export default rule({
  id: 'R-123',
  asks: 'Does the nondisclosure order name this process or this account?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: isOrdered,
  judge: (request) => when(!isTied(request), { path: 'ndo.linkedTo' }),
  message: 'Nothing ties the nondisclosure order to this process.',
  cure: 'Tie the order to this process: by its case number or by the account.',
  examples: [
    { says: 'the docket, otherwise written', request: tied('No. 26 CR 0117 (D.N.M.)'), expect: 'met' },
    { says: 'the account', request: tied('account 100000000000042'), expect: 'met' },
    {
      says: 'the request it follows',
      request: tied('r-0000000009', { kind: 'ndo', refersTo: 'r-0000000009' }),
      expect: 'met',
    },
    { says: 'another docket', request: tied('26-cr-0999'), expect: 'pushback' },
    { says: 'nothing', request: tied(undefined), expect: 'pushback' },
    { says: 'nobody asks for secrecy', request: order(), expect: 'not applicable' },
  ],
});
