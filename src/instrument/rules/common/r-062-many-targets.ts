/**
 * Each account is a person: where many are named, each needs its reason, and a long list is sent so that nobody retypes
 * it.
 */
import { eachTarget } from '../../each-target.ts';
import type { LegalRequest } from '../../legal-request.ts';
import { asksForData, isCertificate } from '../../papers.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder, order, POLICY } from '../example.ts';

const READABLE = /\.(csv|tsv|txt|json|xlsx|ods)$/i;

/** What came through a form is already text. */
function hasList({ channel, instrument, documents }: LegalRequest): boolean {
  const names = [...instrument.attachments, ...documents.map(({ name }) => name)];
  return channel === 'portal' || channel === 'dits' || names.some((name) => READABLE.test(name.trim()));
}

const many = (count: number, reason?: string) => ({
  targets: Array.from({ length: count }, (_, index) => ({
    type: 'account-id',
    value: `1000000000${1000 + index}`,
    ...(reason === undefined ? {} : { reason }),
  })),
  items: Array.from({ length: count }, (_, target) => ({ id: String(target + 1), target, category: 'DC-01' })),
});
const each = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ item: String(index + 1), severity: 'pushback' as const }));

export default rule({
  id: 'R-062',
  asks: 'Where many accounts are named, is there a reason for each and a list that can be read?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: (request, { policy }) =>
    asksForData(request) && !isCertificate(request) && request.targets.length > policy.limits.targetsWithoutReason,
  judge: (request, { policy: { limits } }) => [
    ...eachTarget(request, 'reason', ({ reason }) => reason === undefined),
    ...when(request.targets.length > limits.targetsWithoutList && !hasList(request), {
      path: 'targets',
      severity: 'warn',
      message: `${request.targets.length} accounts are named, and no list came that a machine can read.`,
      cure: 'Attach the list of accounts as text or as a table.',
    }),
  ],
  message: 'Many accounts are named, and none of the paper’s reasons is about this one.',
  cure: 'Say for each account why it is needed.',
  examples: [
    { says: 'six, each with its reason', request: order(many(6, 'received a payment')), expect: 'met' },
    { says: 'six without reasons', request: order(many(6)), expect: each(6) },
    {
      says: 'one of six without a reason',
      request: order(many(6, 'received a payment'), {
        targets: many(6).targets.map((target, index) => (index === 3 ? target : { ...target, reason: 'paid' })),
      }),
      expect: [{ item: '4', severity: 'pushback' }],
    },
    {
      says: 'eleven by e-mail, without a list',
      request: order(many(11, 'received a payment'), { channel: 'email' }),
      expect: [{ severity: 'warn' }],
    },
    {
      says: 'eleven by e-mail, with a table',
      request: order(many(11, 'received a payment'), {
        channel: 'email',
        instrument: { attachments: ['Accounts.csv'] },
      }),
      expect: 'met',
    },
    { says: 'five', request: order(many(5)), expect: 'not applicable' },
    {
      says: 'three, where this provider asks from two on',
      request: order(many(3)),
      context: { policy: { ...POLICY, limits: { ...POLICY.limits, targetsWithoutReason: 2 } } },
      expect: each(3),
    },
    {
      says: 'proportion of a European order is its issuer’s',
      request: europeanOrder(many(6)),
      expect: 'not applicable',
    },
  ],
});
