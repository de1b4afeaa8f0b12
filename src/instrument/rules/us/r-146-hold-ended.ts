/** When the days are over and no process came, what was kept is let go, without anybody asking. */
import { isBy } from '../../holds.ts';
import { isCertificate, isPreservation } from '../../papers.ts';
import { NO_HISTORY, rule } from '../../rule.ts';
import { order, preservation } from '../example.ts';

const hold = (more: object) => ({
  history: {
    ...NO_HISTORY,
    holds: [
      { request: 'r-0000000001', target: '100000000000042', began: '2026-06-13T16:00:00Z',
        until: '2026-09-11T16:00:00Z', renewals: 0, open: true, ...more },
    ],
  },
}); // biome-ignore format: one line

export default rule({
  id: 'R-146',
  asks: 'Does the hold still run, or has process followed it?',
  authority: '18 U.S.C. § 2703(f)(2); TikTok, Law Enforcement Guidelines',
  mark: 'V',
  about: 'sufficiency',
  severity: 'warn',
  appliesTo: (request, { history }) =>
    isPreservation(request) && !isCertificate(request) && history.holds.some((one) => one.request === request.id),
  judge: (request, { at, history }) =>
    history.holds
      .filter((one) => one.request === request.id && one.open && isBy(one.until, at))
      .map(({ target, until }) => {
        const index = request.targets.findIndex(({ value }) => value === target);
        const day = until.slice(0, 10);
        return {
          path: index < 0 ? 'targets' : `targets[${index}].value`,
          message: `The hold on ${target} ended on ${day}, and no process came: it is released.`,
          cure: `The hold ended on ${day}, and we received no process. The data is no longer kept for you.`,
        };
      }),
  message: 'The hold ended, and no process came.',
  cure: 'The hold ended, and we received no process.',
  effects: ['release hold'],
  examples: [
    {
      says: 'a second to go',
      request: preservation(),
      context: hold({ until: '2026-09-11T16:00:01Z' }),
      expect: 'met',
    },
    { says: 'the end is reached', request: preservation(), context: hold({}), expect: [{ severity: 'warn' }] },
    { says: 'released or converted already', request: preservation(), context: hold({ open: false }), expect: 'met' },
    {
      says: 'the hold of another request is judged with that',
      request: preservation(),
      context: hold({ request: 'r-0000000009' }),
      expect: 'not applicable',
    },
    { says: 'no hold yet', request: preservation(), expect: 'not applicable' },
    { says: 'a demand to produce', request: order(), context: hold({}), expect: 'not applicable' },
  ],
});
