/**
 * The emergency exception lets a provider disclose. It freezes no account and holds no money, and fraudsters use it to
 * try. An item that wants that is refused; a sentence of it elsewhere in the paper is put before the reviewer.
 */
import { isCertificate } from '../../papers.ts';
import { eachItem, rule } from '../../rule.ts';
import { freezePhrase } from '../../wording.ts';
import { emergency, order } from '../example.ts';

const items = (...texts: string[]) => ({
  items: texts.map((rawText, index) => ({
    id: String(index + 1),
    target: 0,
    category: 'DC-02',
    rawText,
    averts: 'see form',
  })),
});

export default rule({
  id: 'R-108',
  asks: 'Does an emergency request ask for disclosure only?',
  authority: '18 U.S.C. § 2702(b)(8) and (c)(4); misuse of the way, as reported of hijacked police mailboxes',
  mark: 'V2',
  about: 'sufficiency',
  severity: 'reject',
  appliesTo: (request) => request.kind === 'emergency' && !isCertificate(request),
  judge: (request) => {
    const found = eachItem(request, 'rawText', ({ rawText }) => {
      const phrase = freezePhrase(rawText);
      return phrase === null ? false : { message: `The item asks for more than disclosure: “${phrase}”.` };
    });
    const phrase = found.length > 0 ? null : freezePhrase(request.instrument.text ?? '');
    if (phrase === null) return found;
    return [
      {
        path: 'instrument.text',
        severity: 'warn',
        message: `The paper asks for more than disclosure: “${phrase}”. It is not done.`,
      },
    ];
  },
  message: 'The request asks to freeze an account or funds.',
  cure: 'The emergency exception covers disclosure only. We freeze no account and no funds on it.',
  examples: [
    { says: 'addresses of the last day', request: emergency(), expect: 'met' },
    {
      says: 'addresses, and a lock',
      request: emergency(items('addresses of the last day', 'lock the account at once')),
      expect: [{ item: '2', severity: 'reject' }],
    },
    { says: 'funds', request: emergency(items('freeze all funds')), expect: [{ item: '1', severity: 'reject' }] },
    {
      says: 'when the account was locked',
      request: emergency(items('time at which the account was locked by its user')),
      expect: 'met',
    },
    {
      says: 'a sentence of the letter',
      request: emergency({ instrument: { text: 'Please also suspend the account.' } }),
      expect: [{ severity: 'warn' }],
    },
    { says: 'no emergency', request: order(items('freeze all funds')), expect: 'not applicable' },
  ],
});
