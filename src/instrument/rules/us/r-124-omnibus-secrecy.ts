/**
 * It is for the court to find harm, for the process in question. An order for whatever process may come, or one older
 * than the process it lies on, leaves that to the agent; counsel decides whether to move against it.
 */
import type { LegalRequest } from '../../legal-request.ts';
import { isOrdered } from '../../nondisclosure.ts';
import { type Judged, rule } from '../../rule.ts';
import { order } from '../example.ts';

const COURT = 'U.S. District Court, District of New Mexico';

function judge({ kind, ndo, instrument, refersTo }: LegalRequest): Judged[] {
  if (ndo?.scope === 'omnibus')
    return [{ path: 'ndo.scope', message: 'The order is for process that it does not specify.' }];
  const found: Judged[] = [];
  if (ndo?.scope === 'class') {
    const message = 'The order is for a class of process; the court has not found harm for this one by itself.';
    found.push({ path: 'ndo.scope', severity: 'warn', message });
  }
  // A nondisclosure order that comes by itself is its own paper; what it silences is the request it follows.
  if (kind === 'ndo') {
    if (refersTo === undefined)
      found.push({ path: 'refersTo', message: 'The order stands alone: no process is named.' });
    return found;
  }
  if (ndo?.issuedOn === undefined) {
    const message = 'The order bears no date; nobody can say whether it is older than the process.';
    found.push({
      path: 'ndo.issuedOn',
      severity: 'pushback',
      message,
      cure: 'State the date of the order.',
      effects: [],
    });
  } else if (instrument.issuedOn !== undefined && ndo.issuedOn < instrument.issuedOn) {
    const message = `The order (${ndo.issuedOn}) is older than the process it is attached to (${instrument.issuedOn}).`;
    found.push({ path: 'ndo.issuedOn', message });
  }
  return found;
}

const ordered = (ndo: object, more: object = {}) =>
  order({ ndo: { court: COURT, issuedOn: '2026-09-08', ...ndo } }, more);

export default rule({
  id: 'R-124',
  asks: 'Was the nondisclosure order made for this process?',
  authority: 'In re Sealed Case (D.C. Cir., 18 July 2025); 18 U.S.C. § 2705(b)',
  mark: 'V2',
  about: 'sufficiency',
  severity: 'block',
  appliesTo: isOrdered,
  judge,
  message: 'The nondisclosure order was not made for this process.',
  cure: 'The order was not made for this process, and we may move to vacate it. Obtain one for this process.',
  effects: ['counsel'],
  examples: [
    { says: 'made with the process', request: ordered({}), expect: 'met' },
    { says: 'made a day after', request: ordered({ issuedOn: '2026-09-09' }), expect: 'met' },
    { says: 'made a day before', request: ordered({ issuedOn: '2026-09-07' }), expect: [{ severity: 'block' }] },
    { says: 'for whatever may come', request: ordered({ scope: 'omnibus' }), expect: [{ severity: 'block' }] },
    { says: 'for a class of process', request: ordered({ scope: 'class' }), expect: [{ severity: 'warn' }] },
    { says: 'no date', request: ordered({ issuedOn: undefined }), expect: [{ severity: 'pushback' }] },
    {
      says: 'the process has no date: nothing to compare with',
      request: ordered({}, { instrument: { issuedOn: undefined } }),
      expect: 'met',
    },
    {
      says: 'an order that follows a request',
      request: ordered({}, { kind: 'ndo', refersTo: 'r-0000000009' }),
      expect: 'met',
    },
    { says: 'an order that stands alone', request: ordered({}, { kind: 'ndo' }), expect: [{ severity: 'block' }] },
    { says: 'nobody asks for secrecy', request: order(), expect: 'not applicable' },
  ],
});
