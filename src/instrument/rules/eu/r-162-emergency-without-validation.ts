/**
 * In an emergency subscriber and identification data, and preservation, may be ordered before validation, which is then
 * sought within 48 hours; traffic and content data never. The 48 hours are counted from receipt, the one moment known.
 */
import { isTrafficOrContent } from '../../eu-classes.ts';
import {
  byJudge,
  byJudgeOrProsecutor,
  isBefore,
  isEmergencyOrder,
  isProductionOrder,
  rolesOf,
} from '../../european-order.ts';
import type { LegalRequest } from '../../legal-request.ts';
import { type Context, eachItem, type Judged, rule } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

function judge(request: LegalRequest, { at }: Context): Judged[] {
  const unvalidated = !byJudgeOrProsecutor(request);
  const validation = request.eu?.exPostValidation;
  const asked = Temporal.Instant.from(request.receivedAt).add({ hours: 48 });
  const open = validation === undefined || validation === 'not sought';
  return [
    ...eachItem(request, '', (item) => {
      if (!isProductionOrder(request) || !isTrafficOrContent(request, item) || byJudge(request)) return false;
      return { message: `Traffic and content data need prior validation, in an emergency too; ${stated(request)}.` };
    }),
    ...(unvalidated && validation === 'refused'
      ? [
          {
            path: 'eu.exPostValidation',
            message: 'Validation after the fact was refused, so the order has to be withdrawn.',
          },
        ]
      : []),
    ...(unvalidated && open && !isBefore(at, asked)
      ? [
          {
            path: 'eu.exPostValidation',
            severity: 'pushback' as const,
            message: 'Nothing shows that validation was sought within 48 hours.',
            cure: 'Confirm that validation was sought within 48 hours, or withdraw the order.',
          },
        ]
      : []),
  ];
}

function stated(request: LegalRequest): string {
  const roles = rolesOf(request);
  return roles.length > 0 ? `the certificate names ${roles.join(' and ')}` : 'the certificate names no role';
}

const IN_DANGER = { emergency: true, emergencyGround: 'a person held captive writes from the account' };
const POLICE = { iaRole: 'police', ...IN_DANGER };
const WHO = [{ id: '1', target: 0, category: 'DC-01' }];

export default rule({
  id: 'R-162',
  asks: 'Is an emergency order validated as far as it must be?',
  authority: 'Regulation (EU) 2023/1543, Article 4(5)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  since: '2026-08-18',
  appliesTo: isEmergencyOrder,
  judge,
  message: 'The emergency order is not validated.',
  cure: 'Send the order as validated by a judge, a court or an investigating judge, or withdraw it.',
  form3: 'not a competent authority',
  examples: [
    { says: 'an emergency order of an investigating judge', request: europeanOrder({ eu: IN_DANGER }), expect: 'met' },
    {
      says: 'a prosecutor asks for a name and for sessions',
      request: europeanOrder({
        eu: { ...IN_DANGER, iaRole: 'prosecutor' },
        items: [
          ...WHO,
          { id: '2', target: 0, category: 'DC-02', from: '2026-09-10T00:00:00Z', to: '2026-09-11T14:00:00Z' },
        ],
      }),
      expect: [{ item: '2', severity: 'reject' }],
    },
    {
      says: 'police ask for a name; two hours later validation may still be sought',
      request: europeanOrder({ instrument: { type: 'EU-EPOC-S' }, eu: POLICE, items: WHO }),
      expect: 'met',
    },
    {
      says: 'the same, and nothing is known of a validation 48 hours after receipt',
      request: europeanOrder({ instrument: { type: 'EU-EPOC-S' }, eu: POLICE, items: WHO }),
      context: { at: '2026-09-13T14:00:00Z' },
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'validation was refused',
      request: europeanOrder({
        instrument: { type: 'EU-EPOC-S' },
        eu: { ...POLICE, exPostValidation: 'refused' },
        items: WHO,
      }),
      expect: [{ severity: 'reject' }],
    },
    { says: 'no emergency', request: europeanOrder(), expect: 'not applicable' },
  ],
});
