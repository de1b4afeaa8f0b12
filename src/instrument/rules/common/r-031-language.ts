/** A paper that the desk cannot read is answered only when a translation comes with it. */
import { rule } from '../../rule.ts';
import { europeanOrder, order, POLICY, preservation } from '../example.ts';

const NAMES = new Intl.DisplayNames('en', { type: 'language' });
const inLanguage = (language: string, translation?: string) => order({ instrument: { language, translation } });

export default rule({
  id: 'R-031',
  asks: 'Is the paper, or a translation of it, in a language that this provider accepts?',
  authority: 'Regulation (EU) 2023/1543, Article 9(4); published guidelines of TikTok and X',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: () => true,
  judge: ({ instrument: { language, translation } }, { policy }) => {
    const accepted = policy.provider.languages.map(primary);
    if (accepted.includes(primary(language))) return [];
    if (translation !== undefined && accepted.includes(primary(translation))) return [];
    const names = accepted.map((one) => NAMES.of(one) ?? one).join(' or ');
    return [
      {
        path: 'instrument.language',
        message: `The paper is in ${NAMES.of(primary(language)) ?? language}, and no translation into ${names} is with it.`,
        cure: `Provide a translation into ${names}.`,
      },
    ];
  },
  message: 'The paper is in a language that is not accepted, without a translation.',
  cure: 'Provide a translation into a language that we accept.',
  examples: [
    { says: 'in English', request: order(), expect: 'met' },
    { says: 'in the English of another country', request: inLanguage('en-GB'), expect: 'met' },
    { says: 'in Italian', request: inLanguage('it'), expect: 'pushback' },
    { says: 'in Italian, with an English translation', request: inLanguage('it', 'en'), expect: 'met' },
    { says: 'in Italian, with a French translation', request: inLanguage('it', 'fr'), expect: 'pushback' },
    {
      says: 'a European order in Italian',
      request: europeanOrder({ instrument: { language: 'it' } }),
      expect: 'pushback',
    },
    {
      says: 'a request to preserve in Spanish',
      request: preservation({ instrument: { language: 'es' } }),
      expect: 'pushback',
    },
    {
      says: 'in Italian, which this provider reads',
      request: inLanguage('it'),
      context: { policy: { ...POLICY, provider: { ...POLICY.provider, languages: ['en', 'it'] } } },
      expect: 'met',
    },
  ],
});

/** `en` of `en-GB`. */
function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0]!;
}
