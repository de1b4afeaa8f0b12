/**
 * Names, birthdays, streets and photos are shared by many and can be searched for by no system here. A second
 * identifier of the same account cures it, and so does a look-up that already found exactly one account.
 */
import { eachTarget } from '../../each-target.ts';
import { accountsOf } from '../../holders.ts';
import { NOT_SEARCHABLE, namesData } from '../../papers.ts';
import { rule } from '../../rule.ts';
import { europeanOrder, order, preservation } from '../example.ts';

const ITEMS = ['1', '2'].map((id, target) => ({ id, target, category: 'DC-01' }));

export default rule({
  id: 'R-051',
  asks: 'Is each target named by something that can be looked up?',
  authority: 'Snap, Law Enforcement Guide (1 July 2025); for certificates Regulation (EU) 2023/1543, Article 10(6)',
  mark: 'V',
  about: 'scope',
  severity: 'pushback',
  appliesTo: (request) => namesData(request) && request.targets.length > 0 && request.instrument.type !== 'XB-CLOUD',
  judge: (request) =>
    eachTarget(
      request,
      'type',
      (target) => NOT_SEARCHABLE.includes(target.type) && target.second === undefined && accountsOf(target).size !== 1,
    ),
  message: 'The target is named only by something that no system here can look up.',
  cure: 'Give the user id, the handle, a verified e-mail address, or a phone number with its country code.',
  form3: 'insufficient information',
  examples: [
    { says: 'an account id', request: order(), expect: 'met' },
    {
      says: 'only a display name',
      request: order({ targets: [{ type: 'display-name', value: 'Sunny Goods' }] }),
      expect: [
        { item: '1', severity: 'pushback' },
        { item: '2', severity: 'pushback' },
      ],
    },
    {
      says: 'one of two targets is a birth date: the other can go on',
      request: order({
        targets: [
          { type: 'handle', value: 'sunny.goods' },
          { type: 'birth-date', value: '1990-04-01' },
        ],
        items: ITEMS,
      }),
      expect: [{ item: '2', severity: 'pushback' }],
    },
    {
      says: 'a name together with the phone number',
      request: order({ targets: [{ type: 'real-name', value: 'Robin Vale', second: '+15055550123' }] }),
      expect: 'met',
    },
    {
      says: 'a photo that somebody traced to one account',
      request: order({
        targets: [{ type: 'photo', value: 'attachment 2', resolves: [{ account: '42', from: null, to: null }] }],
      }),
      expect: 'met',
    },
    {
      says: 'a name that fits two accounts',
      request: preservation({
        targets: [{ type: 'real-name', value: 'Robin Vale', resolves: ['42', '43'].map((account) => ({ account, from: null, to: null })) }],
      }), // biome-ignore format: one line
      expect: 'pushback',
    },
    {
      says: 'a street on a certificate',
      request: europeanOrder({ targets: [{ type: 'street', value: 'Via Invenzione 1, Milano' }] }),
      expect: [{ item: '1', severity: 'pushback' }],
    },
    {
      says: 'nobody is named',
      request: order({ targets: [], items: [] }),
      expect: 'not applicable',
    },
  ],
});
