/**
 * Only what is named can be kept: an account, and which kinds of its data. A renewal may name the hold it renews
 * instead. Dates are R-057's, certificates R-160's.
 */
import { isCertificate, isPreservation } from '../../papers.ts';
import { eachItem, rule, when } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

export default rule({
  id: 'R-140',
  asks: 'Does a request to preserve name the account and the data?',
  authority: 'TikTok, Law Enforcement Guidelines; Snap, Law Enforcement Guide (1 July 2025)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: (request) => isPreservation(request) && !isCertificate(request),
  judge: (request) => {
    const { kind, refersTo, targets, items } = request;
    const named = kind === 'renewal' && refersTo !== undefined;
    return [
      ...when(!named && targets.length === 0, {
        path: 'targets',
        message: 'No account is named that data could be kept of.',
      }),
      ...when(!named && targets.length > 0 && items.length === 0, {
        path: 'items',
        message: 'The request does not say which data to keep.',
      }),
      ...eachItem(request, 'category', ({ category }) => category === undefined),
    ];
  },
  message: 'The item does not say which kind of data to keep.',
  cure: 'Identify the account, the kinds of data, and the dates.',
  examples: [
    { says: 'an account and its sessions', request: preservation(), expect: 'met' },
    { says: 'nobody', request: preservation({ targets: [], items: [] }), expect: [{ severity: 'pushback' }] },
    { says: 'an account, and nothing of it', request: preservation({ items: [] }), expect: [{ severity: 'pushback' }] },
    {
      says: 'one kind named, the other not',
      request: preservation({
        items: [
          { id: '1', target: 0, category: 'DC-12' },
          { id: '2', target: 0, rawText: 'and so on' },
        ],
      }),
      expect: [{ item: '2', severity: 'pushback' }],
    },
    {
      says: 'a renewal that names its hold',
      request: preservation({ kind: 'renewal', refersTo: 'r-0000000009', targets: [], items: [] }),
      expect: 'met',
    },
    {
      says: 'a renewal that names nothing',
      request: preservation({ kind: 'renewal', targets: [], items: [] }),
      expect: [{ severity: 'pushback' }],
    },
    { says: 'a demand to produce', request: order({ items: [] }), expect: 'not applicable' },
    {
      says: 'a preservation certificate',
      request: europeanOrder({ kind: 'preservation', instrument: { type: 'EU-EPOC-PR' }, items: [] }),
      expect: 'not applicable',
    },
  ],
});
