/** A schedule that a paper refers to is part of it; what did not arrive cannot be read. */
import { type Judged, rule } from '../../rule.ts';
import { order, warrant } from '../example.ts';

const paper = (instrument: object) => warrant({ instrument });

export default rule({
  id: 'R-033',
  asks: 'Did every page and every attachment arrive that the paper speaks of?',
  authority: 'Published guidelines of WeTransfer',
  mark: 'V',
  about: 'sufficiency',
  severity: 'pushback',
  appliesTo: ({ instrument }) =>
    instrument.attachmentsReferenced.length > 0 ||
    (instrument.pages !== undefined && instrument.pagesStated !== undefined),
  judge: ({ instrument }) => {
    const { pages, pagesStated, attachments, attachmentsReferenced } = instrument;
    const found: Judged[] = [];
    if (pages !== undefined && pagesStated !== undefined && pages < pagesStated)
      found.push({
        path: 'instrument.pages',
        message: `${pages} of ${pagesStated} pages arrived.`,
        cure: `The paper has ${pagesStated} pages and ${pages} arrived. Send all of them.`,
      });
    const arrived = new Set(attachments.map(alike));
    attachmentsReferenced.forEach((name, index) => {
      if (!arrived.has(alike(name)))
        found.push({
          path: `instrument.attachmentsReferenced[${index}]`,
          message: `The paper refers to ${name}, which did not arrive.`,
          cure: `${name} is missing. Send it.`,
        });
    });
    return found;
  },
  message: 'A page or an attachment is missing.',
  cure: 'A page or an attachment of the paper is missing. Send it.',
  examples: [
    { says: 'four of four pages', request: order(), expect: 'met' },
    { says: 'three of four pages', request: paper({ pages: 3 }), expect: [{ severity: 'pushback' }] },
    { says: 'one page more than stated', request: paper({ pages: 5 }), expect: 'met' },
    {
      says: 'the schedule came as a file of its own',
      request: paper({ attachmentsReferenced: ['Attachment B'], attachments: ['attachment b.pdf'] }),
      expect: 'met',
    },
    {
      says: 'one of two schedules did not come',
      request: paper({ attachmentsReferenced: ['Attachment A', 'Attachment B'], attachments: ['Attachment A'] }),
      expect: [{ severity: 'pushback' }],
    },
    {
      says: 'a page and a schedule are missing',
      request: paper({ pages: 3, attachmentsReferenced: ['Attachment B'] }),
      expect: [{ severity: 'pushback' }, { severity: 'pushback' }],
    },
    {
      says: 'the paper does not say how many pages it has',
      request: paper({ pagesStated: undefined }),
      expect: 'not applicable',
    },
  ],
});

function alike(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/\.[a-z0-9]{1,5}$/, '')
    .replace(/[\s_-]+/g, ' ');
}
