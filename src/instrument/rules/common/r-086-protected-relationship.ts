/**
 * Journalists, lawyers, doctors, clergy and diplomats hold what others told them in confidence. Before anything is
 * collected there is a plan by which people outside the case filter it. On certificates this is put to both authorities
 * (R-173).
 */
import { eachTarget } from '../../each-target.ts';
import { asksForData, isCertificate } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order, preservation, warrant } from '../example.ts';

const CONFIDANTS: readonly string[] = ['journalist', 'lawyer', 'doctor', 'clergy', 'diplomat'];

const target = (...traits: string[]) => ({
  targets: [
    { type: 'account-id', value: '100000000000042', traits },
    { type: 'account-id', value: '100000000000043' },
  ],
  items: [
    { id: '1', target: 0, category: 'DC-12' },
    { id: '2', target: 1, category: 'DC-12' },
  ],
});
const BLOCKED = [{ item: '1', severity: 'block' as const }];

export default rule({
  id: 'R-086',
  asks: 'Is each target free of a protected relationship?',
  authority: '42 U.S.C. § 2000aa; Regulation (EU) 2023/1543, Article 10(5), to the same effect',
  mark: 'V',
  about: 'sufficiency',
  severity: 'block',
  appliesTo: (request) => asksForData(request) && !isCertificate(request),
  judge: (request) =>
    eachTarget(request, 'traits', ({ traits }) => {
      const found = traits.filter((trait) => CONFIDANTS.includes(trait));
      return found.length === 0
        ? false
        : { message: `A protected relationship: the target is a ${found.join(' and a ')}.` };
    }),
  message: 'The target stands in a protected relationship.',
  cure: 'This touches a protected relationship. State the exception you rely on, and how privileged material will be kept apart.',
  effects: ['filter plan'],
  examples: [
    { says: 'nothing is known of the kind', request: warrant(), expect: 'met' },
    { says: 'a lawyer’s messages beside another’s', request: warrant(target('lawyer')), expect: BLOCKED },
    { says: 'a journalist', request: order(target('journalist')), expect: BLOCKED },
    { says: 'a watchdog is another question', request: warrant(target('watchdog')), expect: 'met' },
    { says: 'a hold discloses nothing', request: preservation(target('doctor')), expect: 'not applicable' },
    { says: 'a certificate', request: europeanOrder(target('diplomat')), expect: 'not applicable' },
  ],
});
