/** Validity, the offence and the reach of a paper are read from the day of its issue, which cannot lie ahead. */
import { rule } from '../../rule.ts';
import { order, preservation } from '../example.ts';

export default rule({
  id: 'R-022',
  asks: 'Does the process bear a date of issue that has come?',
  authority: 'Published guidelines of Snap and TikTok',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: ({ kind, instrument }) => kind === 'production' && instrument.type !== undefined,
  judge: ({ instrument: { issuedOn }, receivedAt }) => {
    const path = 'instrument.issuedOn';
    if (issuedOn === undefined) return [{ path }];
    // The zone of the issuing office is not known: only a day that had begun nowhere on earth is still to come.
    const furthest = Temporal.Instant.from(receivedAt).toZonedDateTimeISO('+14:00').toPlainDate();
    if (Temporal.PlainDate.compare(issuedOn, furthest) <= 0) return [];
    return [
      {
        path,
        message: `The process is dated ${issuedOn}, after it was received.`,
        cure: 'The date of issue lies after the day of service. Correct it.',
      },
    ];
  },
  message: 'The process bears no date of issue.',
  cure: 'Add the date of issue.',
  examples: [
    { says: 'issued three days before', request: order(), expect: 'met' },
    { says: 'issued on the day it came', request: order({ instrument: { issuedOn: '2026-09-11' } }), expect: 'met' },
    { says: 'without a date', request: order({ instrument: { issuedOn: undefined } }), expect: 'pushback' },
    {
      says: 'dated tomorrow, where tomorrow has begun somewhere',
      request: order({ instrument: { issuedOn: '2026-09-12' } }),
      expect: 'met',
    },
    {
      says: 'dated tomorrow, where it is tomorrow nowhere yet',
      request: order({ receivedAt: '2026-09-11T09:59:59Z', instrument: { issuedOn: '2026-09-12' } }),
      expect: 'pushback',
    },
    { says: 'dated next week', request: order({ instrument: { issuedOn: '2026-09-18' } }), expect: 'pushback' },
    {
      says: 'a preservation letter without a date',
      request: preservation({ instrument: { issuedOn: undefined } }),
      expect: 'not applicable',
    },
  ],
});
