/**
 * While the enforcing authority may still refuse, traffic and content data are kept and not sent. It is told unless the
 * offence and the person both belong to the issuing State; what is not known of either does not end the waiting. The
 * waiting ends by its word or with day 10. In an emergency nobody waits.
 */
import { isTrafficOrContent } from '../../eu-classes.ts';
import { dayTen, isBefore, isEmergencyOrder, isProductionOrder } from '../../european-order.ts';
import type { LegalRequest, RequestItem } from '../../legal-request.ts';
import { eachItem, NO_HISTORY, rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

function isDomestic({ eu, targets }: LegalRequest, item: RequestItem): boolean {
  const residence = targets[item.target]?.residence ?? eu?.residenceState;
  const { issuingState, offenceState, notifiedEA } = eu ?? {};
  return !notifiedEA && issuingState !== undefined && offenceState === issuingState && residence === issuingState;
}

const SPAIN = {
  targets: [{ type: 'account-id', value: '100000000000042', residence: 'ES' }],
  eu: { residenceState: 'ES' },
};

export default rule({
  id: 'R-164',
  asks: 'May the data be sent without waiting for the enforcing authority?',
  authority: 'Regulation (EU) 2023/1543, Articles 8(1)-(4) and 10(2)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'block',
  since: '2026-08-18',
  appliesTo: (request, { history }) =>
    isProductionOrder(request) && !isEmergencyOrder(request) && history.enforcingAuthority === null,
  judge: (request, { at, policy }) => {
    const until = dayTen(request, policy);
    if (until !== null && !isBefore(at, until.due)) return [];
    const message =
      until === null
        ? 'The enforcing authority may still refuse, and the State it belongs to is not stated.'
        : `The enforcing authority may refuse until ${until.due} (${until.steps.at(-1)}).`;
    return eachItem(
      request,
      '',
      (item) => isTrafficOrContent(request, item) && !isDomestic(request, item) && { message },
    );
  },
  message: 'The enforcing authority may still refuse.',
  cure: null,
  effects: ['wait for the enforcing authority'],
  examples: [
    {
      says: 'an Italian order about a resident of Italy and an offence in Italy',
      request: europeanOrder(),
      expect: 'met',
    },
    { says: 'the person lives in Spain', request: europeanOrder(SPAIN), expect: [{ item: '1', severity: 'block' }] },
    {
      says: 'in the last second of day 10, a Monday in Dublin',
      request: europeanOrder(SPAIN),
      context: { at: '2026-09-21T22:59:59Z' },
      expect: 'block',
    },
    {
      says: 'day 10 has passed in silence',
      request: europeanOrder(SPAIN),
      context: { at: '2026-09-21T23:00:00Z' },
      expect: 'met',
    },
    {
      says: 'the enforcing authority has no ground for refusal',
      request: europeanOrder(SPAIN),
      context: {
        history: {
          ...NO_HISTORY,
          enforcingAuthority: { decision: 'no ground', items: [], at: '2026-09-11T15:30:00Z' },
        },
      },
      expect: 'not applicable',
    },
    {
      says: 'nobody says where the person lives',
      request: europeanOrder({
        targets: [{ type: 'account-id', value: '100000000000042' }],
        eu: { residenceState: undefined },
      }),
      expect: [{ item: '1', severity: 'block' }],
    },
    {
      says: 'the certificate itself says that the enforcing authority was told',
      request: europeanOrder({ eu: { notifiedEA: true } }),
      expect: [{ item: '1', severity: 'block' }],
    },
    {
      says: 'a name goes out at once, the sessions wait',
      request: europeanOrder(SPAIN, {
        items: [
          { id: '1', target: 0, category: 'DC-01' },
          { id: '2', target: 0, category: 'DC-02', from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
        ],
      }),
      expect: [{ item: '2', severity: 'block' }],
    },
    { says: 'an emergency', request: europeanOrder(SPAIN, { eu: { emergency: true } }), expect: 'not applicable' },
    {
      says: 'preservation discloses nothing',
      request: europeanOrder(SPAIN, { kind: 'preservation', instrument: { type: 'EU-EPOC-PR' } }),
      expect: 'not applicable',
    },
  ],
});
