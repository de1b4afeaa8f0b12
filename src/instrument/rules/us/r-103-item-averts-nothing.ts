/**
 * Only what relates to the emergency may go: each item says how it averts the harm, and the others wait for process.
 */
import { isCertificate } from '../../papers.ts';
import { isBlank } from '../../process.ts';
import { eachItem, rule } from '../../rule.ts';
import { emergency, order } from '../example.ts';

const two = (averts: string | undefined) => ({
  items: [
    { id: '1', target: 0, category: 'DC-02', averts: 'shows from where the account was used last' },
    { id: '2', target: 0, category: 'DC-04', ...(averts === undefined ? {} : { averts }) },
  ],
});

export default rule({
  id: 'R-103',
  asks: 'Does each item say how it averts the harm?',
  authority: '18 U.S.C. § 2702(b)(8) and (c)(4): communications and records relating to the emergency',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => request.kind === 'emergency' && request.items.length > 0 && !isCertificate(request),
  judge: (request) => eachItem(request, 'averts', ({ averts }) => isBlank(averts)),
  message: 'Nothing shows that this item averts the harm.',
  cure: 'We limit disclosure to what averts the harm. Say how this item does, or serve process for it.',
  examples: [
    { says: 'one item, with its reason', request: emergency(), expect: 'met' },
    {
      says: 'payment data nobody gave a reason for',
      request: emergency(two(undefined)),
      expect: [{ item: '2', severity: 'reject' }],
    },
    { says: 'a reason of spaces', request: emergency(two('  ')), expect: [{ item: '2', severity: 'reject' }] },
    { says: 'both with a reason', request: emergency(two('names the person who took the child')), expect: 'met' },
    { says: 'no emergency', request: order(two(undefined)), expect: 'not applicable' },
  ],
});
