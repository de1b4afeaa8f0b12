/** Form 3 as blocks of a document, section by section. What is not known is said to be so, not left out. */
import type { Block } from '../document/document.ts';
import { FORM3_GROUNDS, type Form3 } from './form3-content.ts';

export function blocksOf(form: Form3): Block[] {
  return [
    ...section('A', 'The certificate', [
      facts([
        [
          'Certificate',
          form.certificate.kind === 'EPOC'
            ? 'European Production Order Certificate (EPOC)'
            : 'European Preservation Order Certificate (EPOC-PR)',
        ],
        ['File number of the issuing authority', form.certificate.fileNumber],
        ['Issued on', form.certificate.issuedOn],
        ['Received at', form.certificate.receivedAt],
      ]),
    ]),
    ...section('B', 'The authorities', [
      facts([
        ['Issuing authority', form.authorities.issuing],
        ['Issuing State', form.authorities.issuingState],
        ['Validating authority', form.authorities.validating ?? 'none named'],
        ['Enforcing State', form.authorities.enforcingState],
        ['This form goes to', form.authorities.sendTo.join(' and ')],
      ]),
    ]),
    ...section('C', 'The addressee', [
      facts([
        ['Addressee', form.addressee.name],
        ['State', form.addressee.state],
        ['File number of the addressee', form.addressee.fileNumber],
      ]),
    ]),
    ...section('D', 'Reasons', reasons(form)),
    ...section('E', 'Conflict with the law of a third country', conflict(form)),
    ...section('F', 'Clarification wanted', clarification(form)),
    ...section('G', 'Preservation', preservation(form)),
    ...section('H', 'Contact and signature', [
      facts([
        ['Contact', form.contact.name],
        ['Address', form.contact.address.join(', ') || null],
        ['Reached at', form.contact.reach],
        ['Name, date and signature', 'to be signed'],
      ]),
    ]),
  ];
}

const section = (letter: string, title: string, blocks: Block[]): Block[] => [
  { kind: 'heading', level: 3, text: `${letter}. ${title}` },
  ...blocks,
];

const facts = (all: [string, string | null][]): Block => ({
  kind: 'facts',
  facts: all.map(([term, value]) => ({ term, value: value ?? 'not stated' })),
});

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** Every ground of the form, ticked or not, then the details of those that are. */
function reasons(form: Form3): Block[] {
  const words = (id: string) => form.items.find((item) => item.id === id)?.words ?? `Item ${id}`;
  const ticked = FORM3_GROUNDS.map(({ ground, says }) => {
    const reason = form.reasons.find((one) => one.ground === ground);
    const concerns = reason === undefined ? '' : (reason.items?.join(', ') ?? 'the whole order');
    return [reason === undefined ? 'no' : 'yes', says, concerns];
  });
  return [
    {
      kind: 'table',
      caption: 'Grounds',
      columns: [{ title: 'Ticked' }, { title: 'Ground' }, { title: 'Items', mono: true }],
      rows: ticked,
    },
    ...form.reasons.flatMap(({ ground, details }): Block[] => [
      { kind: 'heading', level: 4, text: FORM3_GROUNDS.find((one) => one.ground === ground)!.says },
      {
        kind: 'list',
        items: details.map(
          ({ item, says, source }) => `${item === null ? 'The whole order' : words(item)}. ${says} (${source})`,
        ),
      },
    ]),
  ];
}

function conflict({ conflict: found }: Form3): Block[] {
  if (!found) return [paragraph('None is objected to.')];
  return [
    facts([
      ['Law of the third country', found.law],
      ['Obligation it lays on the addressee', found.obligation],
      ['Why it applies here', found.applies],
    ]),
  ];
}

function clarification({ clarification: wanted }: Form3): Block[] {
  if (wanted.length === 0) return [paragraph('None.')];
  return [
    {
      kind: 'list',
      ordered: true,
      items: wanted.map(({ item, asks }) => (item === null ? asks : `Item ${item}: ${asks}`)),
    },
  ];
}

function preservation({ preservation: states, items }: Form3): Block[] {
  if (states.length === 0) return [paragraph('The certificate asks for no item that could be kept.')];
  return [
    {
      kind: 'table',
      caption: 'What is kept while the authorities answer',
      columns: [{ title: 'Item' }, { title: 'Kept' }, { title: 'Remark' }],
      rows: states.map((one) => {
        const item = items.find(({ id }) => id === one.item)?.words ?? `Item ${one.item}`;
        if (one.state === 'kept') return [item, 'yes', `since ${one.since}`];
        return one.state === 'not kept' ? [item, 'no', one.why] : [item, 'not stated', ''];
      }),
    },
  ];
}
