/**
 * The summons reaches records of importation, and records that probable cause ties to prohibited merchandise. Who owns
 * an account is neither by itself.
 */
import { isImportRecord, isTiedToProhibitedGoods } from '../../customs.ts';
import { asksForData } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { subpoena } from '../example.ts';

const summons = (rawText: string, more: object = {}) =>
  subpoena(
    {
      instrument: { type: 'US-1509', statutes: ['19 U.S.C. § 1509'], issuerRole: 'special agent in charge' },
      basis: { offences: [{ text: 'smuggling', statute: '18 U.S.C. § 545', kind: 'customs' }] },
      items: [{ id: '1', target: 0, category: 'DC-08', rawText }],
    },
    more,
  );
const WRONG = [{ item: '1', severity: 'reject' as const }];
const COUNTERFEIT = {
  purpose: 'import of counterfeit goods',
  facts: 'The account sold counterfeit goods from abroad.',
};

export default rule({
  id: 'R-081',
  asks: 'Does each item of a customs summons ask for records that the statute defines?',
  authority: '19 U.S.C. §§ 1508 and 1509(d)(1)(A)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => asksForData(request) && request.instrument.type === 'US-1509' && request.items.length > 0,
  judge: (request) =>
    isTiedToProhibitedGoods(request) ? [] : eachItem(request, 'category', (item) => !isImportRecord(item)),
  message: 'The item is no record of importation, and no probable cause ties it to prohibited merchandise.',
  cure: 'These records are not within the statute’s definition of records.',
  examples: [
    {
      says: 'invoices of what was imported',
      request: summons('commercial invoices and bills of lading'),
      expect: 'met',
    },
    { says: 'the owner of an account', request: summons('name of the owner of the account'), expect: WRONG },
    {
      says: 'the seller of counterfeit goods, on probable cause',
      request: summons('name of the seller', { instrument: { recites: ['probable cause'] }, basis: COUNTERFEIT }),
      expect: 'met',
    },
    {
      says: 'the same without probable cause',
      request: summons('name of the seller', { basis: COUNTERFEIT }),
      expect: WRONG,
    },
    {
      says: 'probable cause of something else',
      request: summons('name of the owner', {
        instrument: { recites: ['probable cause'] },
        basis: { purpose: 'officer safety', facts: undefined, nexus: undefined, offences: [] },
      }),
      expect: WRONG,
    },
    { says: 'a grand jury subpoena', request: subpoena(), expect: 'not applicable' },
  ],
});
