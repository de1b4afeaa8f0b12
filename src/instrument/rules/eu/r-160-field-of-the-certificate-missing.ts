/**
 * What a certificate must tell its addressee, point by point. Points (i) and (j) of Article 5(5) are never owed to the
 * addressee, so nothing here asks for them.
 */
import { isTrafficOrContent } from '../../eu-classes.ts';
import { isEuropeanOrder, isPreservationOrder, isProductionOrder } from '../../european-order.ts';
import type { LegalRequest } from '../../legal-request.ts';
import { eachItem, type Judged, rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

/** Points (a) to (f) are the same in both articles. */
function missing(request: LegalRequest, point: string, field: string, path: string): Judged {
  const article = isPreservationOrder(request) ? '6(4)' : '5(5)';
  return {
    path,
    message: `Article ${article}(${point}): ${field} is missing.`,
    cure: `Complete the certificate: ${field} (Article ${article}(${point})).`,
  };
}

function judge(request: LegalRequest): Judged[] {
  const { eu, instrument, targets, basis } = request;
  const lacks = (point: string, field: string, path: string) => missing(request, point, field, path);
  return [
    ...when((eu?.ia ?? instrument.issuerName) === undefined, lacks('a', 'the issuing authority', 'eu.ia')),
    ...when(
      eu?.vaRole !== undefined && eu.va === undefined,
      lacks('a', 'the name of the validating authority', 'eu.va'),
    ),
    ...when(instrument.addressedTo === undefined, lacks('b', 'the addressee', 'instrument.addressedTo')),
    ...when(targets.length === 0, lacks('c', 'the user or another unique identifier', 'targets')),
    ...when(request.items.length === 0, lacks('d', 'the category of data', 'items')),
    ...eachItem(request, 'category', ({ category }) => {
      if (category !== undefined) return false;
      const { message, cure } = lacks('d', 'the category of data', '');
      return { message: message!, cure: cure! };
    }),
    ...eachItem(request, 'from', (item) => {
      if (!isTrafficOrContent(request, item) || item.from !== undefined || item.to !== undefined) return false;
      const { message, cure } = lacks('e', 'the time range of the data', '');
      return { message: message!, cure: cure! };
    }),
    ...when(
      !basis.offences.some(({ statute }) => statute !== undefined),
      lacks('f', 'the applicable provisions of criminal law', 'basis.offences'),
    ),
    ...when(
      isProductionOrder(request) && eu?.emergency === true && eu.emergencyGround === undefined,
      lacks('g', 'the duly justified reasons for the emergency', 'eu.emergencyGround'),
    ),
    ...when(
      isProductionOrder(request) && eu?.toProcessor === true && eu.processorGround === undefined,
      lacks('h', 'the confirmation that the conditions for addressing a processor are met', 'eu.processorGround'),
    ),
  ];
}

export default rule({
  id: 'R-160',
  asks: 'Does the certificate state everything its addressee must be told?',
  authority: 'Regulation (EU) 2023/1543, Articles 5(5)(a)-(h), 6(4)(a)-(f), 10(6) and 11(5)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: isEuropeanOrder,
  judge,
  message: 'A field of the certificate is missing.',
  cure: 'Complete the certificate.',
  form3: 'incomplete',
  examples: [
    { says: 'a complete certificate', request: europeanOrder(), expect: 'met' },
    {
      says: 'no addressee and no provision of criminal law',
      request: europeanOrder({
        instrument: { addressedTo: undefined },
        basis: { offences: [{ text: 'aggravated fraud', maxPenaltyMonths: 60 }] },
      }),
      expect: [{ severity: 'pushback' }, { severity: 'pushback' }],
    },
    {
      says: 'one item without a category, another without any dates',
      request: europeanOrder({
        items: [
          { id: '1', target: 0, from: '2026-02-01T00:00:00Z', to: '2026-05-01T00:00:00Z' },
          { id: '2', target: 0, category: 'DC-12' },
        ],
      }),
      expect: [
        { item: '1', severity: 'pushback' },
        { item: '2', severity: 'pushback' },
      ],
    },
    {
      says: 'subscriber data without dates: a range is stated only where it applies',
      request: europeanOrder({
        instrument: { type: 'EU-EPOC-S' },
        items: [{ id: '1', target: 0, category: 'DC-01' }],
      }),
      expect: 'met',
    },
    {
      says: 'an emergency without its reasons',
      request: europeanOrder({ eu: { emergency: true } }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'a preservation order owes no reasons for an emergency, but its provisions',
      request: europeanOrder({
        kind: 'preservation',
        instrument: { type: 'EU-EPOC-PR' },
        basis: { offences: [] },
        eu: { emergency: true },
      }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'a withdrawal owes none of it',
      request: europeanOrder({ kind: 'withdrawal', items: [] }),
      expect: 'not applicable',
    },
  ],
});
