/** An identifier that cannot be one of its type was misread or mistyped: a wrong digit is another person. */

import { IDENTIFIER_TYPES, type IdentifierType, identifier } from '../../../record/identifier.ts';
import { eachTarget } from '../../each-target.ts';
import type { RequestTarget } from '../../legal-request.ts';
import { namesData } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { order } from '../example.ts';

const HANDLE = /^@?[\p{L}\p{N}._-]{1,64}$/u;
const GROUPED = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isMalformed({ type, value }: RequestTarget): boolean {
  if (type === 'handle') return !HANDLE.test(value.trim());
  if (type === 'account-id') {
    const id = value.trim();
    return /\s/.test(id) || (/^[0-9a-f-]{32,40}$/i.test(id) && id.includes('-') && !GROUPED.test(id));
  }
  return (IDENTIFIER_TYPES as readonly string[]).includes(type) && identifier(type as IdentifierType, value) === null;
}

const named = (type: string, value: string) =>
  order({ targets: [{ type, value }], items: [{ id: '1', target: 0, category: 'DC-01' }] });
const WRONG = [{ item: '1', severity: 'pushback' as const }];

export default rule({
  id: 'R-054',
  asks: 'Is each identifier written as one of its type can be?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025), formats of identifiers; E.164 for phone numbers',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: (request) => namesData(request) && request.targets.length > 0,
  judge: (request) => eachTarget(request, 'value', isMalformed),
  message: 'The identifier is not written as one of its type can be.',
  cure: 'The identifier is not valid for this service. Check it against your source; phone numbers need + and the country code.',
  form3: 'manifest error',
  examples: [
    { says: 'digits', request: order(), expect: 'met' },
    { says: 'a handle with its sign', request: named('handle', '@sunny.goods_1'), expect: 'met' },
    { says: 'a handle with a space', request: named('handle', 'sunny goods'), expect: WRONG },
    {
      says: 'a grouped id',
      request: named('account-id', '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'),
      expect: 'met',
    },
    {
      says: 'a grouped id that lost a digit',
      request: named('account-id', '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f'),
      expect: WRONG,
    },
    { says: 'a number without its country', request: named('phone', '(505) 555-0123'), expect: WRONG },
    { says: 'a number with its country', request: named('phone', '+1 505 555 0123'), expect: 'met' },
    { says: 'an address with a part too large', request: named('ip', '203.0.113.700'), expect: WRONG },
    { says: 'a mail address without a domain', request: named('email', 'robin.vale'), expect: WRONG },
    {
      says: 'a place has no form',
      request: named('area', 'within 150 m of 35.0844, -106.6504'),
      expect: 'met',
    },
    {
      says: 'nobody is named',
      request: order({ targets: [], items: [] }),
      expect: 'not applicable',
    },
  ],
});
