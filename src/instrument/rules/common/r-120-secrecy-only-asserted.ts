/**
 * A request for secrecy in a letter, on a cover sheet or in an agent's affidavit binds nobody: the user is told on a
 * stated day.
 */

import { dayAt, secrecyOf } from '../../nondisclosure.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder, order, POLICY } from '../example.ts';

const ORDERED = { court: 'U.S. District Court, District of New Mexico', signed: true, signedBy: 'judge' };

export default rule({
  id: 'R-120',
  asks: 'Does secrecy rest on a court’s order or on a statute?',
  authority: 'Pinterest, Law Enforcement Guidelines; Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => secrecyOf(request) !== null,
  judge: (request, { policy: { clocks } }) => {
    const day = dayAt(request.receivedAt, request.tz).add({ days: clocks.cureDays }).toString();
    return when(secrecyOf(request) === 'asserted', {
      path: 'ndo.court',
      cure: `Without a court order, or a statute that itself forbids notice, we notify the user on ${day}.`,
    });
  },
  message: 'Secrecy is asked for, and no court has ordered it and no statute commands it.',
  cure: 'Without a court order, or a statute that itself forbids notice, we notify the user.',
  examples: [
    { says: 'a court’s order', request: order({ ndo: ORDERED }), expect: 'met' },
    { says: 'a sentence in the letter', request: order({ ndo: { signedBy: 'agent' } }), expect: 'pushback' },
    {
      says: 'an agent who cites § 2705(b)',
      request: order({ ndo: { statute: '18 U.S.C. § 2705(b)' } }),
      expect: 'pushback',
    },
    {
      says: 'a statute that forbids by itself',
      request: order({ ndo: { statute: 'Tex. Code Crim. Proc. art. 18.21' } }),
      expect: 'met',
    },
    {
      says: 'a nondisclosure order that is not there',
      request: order({ kind: 'ndo', instrument: { type: 'US-NDO' } }),
      expect: 'pushback',
    },
    {
      says: 'two days to cure',
      request: order({ ndo: {} }),
      context: { policy: { ...POLICY, clocks: { ...POLICY.clocks, cureDays: 2 } } },
      expect: 'pushback',
    },
    { says: 'nobody asks for secrecy', request: order(), expect: 'not applicable' },
    {
      says: 'a certificate is secret by the Regulation',
      request: europeanOrder({ ndo: {} }),
      expect: 'not applicable',
    },
  ],
});
