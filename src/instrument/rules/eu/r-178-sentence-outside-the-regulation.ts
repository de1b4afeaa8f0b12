/** To find a convicted person, an order needs a sentence of four months, not in absentia, from which they absconded. */
import { isEuropeanOrder } from '../../european-order.ts';
import { rule, when } from '../../rule.ts';
import { europeanOrder } from '../example.ts';

const FOUR_MONTHS = 4;

export default rule({
  id: 'R-178',
  asks: 'Is the sentence one for whose execution an order may be issued?',
  authority: 'Regulation (EU) 2023/1543, Articles 2(2) and 5(3)',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  since: '2026-08-18',
  appliesTo: (request) => isEuropeanOrder(request) && request.basis.proceeding === 'sentence',
  judge: ({ eu }) => [
    ...when((eu?.sentenceMonths ?? 0) < FOUR_MONTHS, {
      path: 'eu.sentenceMonths',
      message:
        eu?.sentenceMonths === undefined
          ? 'The certificate does not state the length of the sentence.'
          : `The sentence is ${eu.sentenceMonths} months, below four.`,
    }),
    ...when(eu?.inAbsentia === true, { path: 'eu.inAbsentia', message: 'The sentence was given in absentia.' }),
    ...when(eu?.absconded !== true, {
      path: 'eu.absconded',
      message:
        eu?.absconded === false
          ? 'The convicted person has not absconded.'
          : 'The certificate does not state that the convicted person has absconded.',
    }),
  ],
  message: 'The sentence is outside Article 2(2).',
  cure: 'State a sentence of at least four months, not in absentia, from which the convicted person has absconded.',
  form3: 'other',
  examples: [
    {
      says: 'two years, and the person absconded',
      request: europeanOrder({ basis: { proceeding: 'sentence' }, eu: { sentenceMonths: 24, absconded: true } }),
      expect: 'met',
    },
    {
      says: 'three months',
      request: europeanOrder({ basis: { proceeding: 'sentence' }, eu: { sentenceMonths: 3, absconded: true } }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'given in absentia, and nothing is said of absconding',
      request: europeanOrder({ basis: { proceeding: 'sentence' }, eu: { sentenceMonths: 24, inAbsentia: true } }),
      expect: [{ severity: 'pushback' }, { severity: 'pushback' }],
    },
    { says: 'an investigation', request: europeanOrder(), expect: 'not applicable' },
  ],
});
