/**
 * What a user is told of a demand for their data: what was asked, by whom, under what law, which data and dates, when it
 * will be or was handed over, and how to object. It draws no conclusion about anyone.
 */
import type { Letter } from '../document/letter.ts';
import { CATEGORY_WORDS } from '../instrument/kinds.ts';
import type { Policy } from '../instrument/policy.ts';
import { approvedItems, type RequestFile, version } from './file.ts';
import { rangeInWords } from './item-words.ts';

export function noticeLetter(
  file: RequestFile,
  policy: Policy,
  at: string,
  signer: { name: string; title: string },
): Letter {
  const { demand } = version(file);
  const { instrument, requester } = demand;
  const { provider } = policy;
  const approved = approvedItems(file);
  const told = demand.items.filter(({ id }) => approved.length === 0 || approved.includes(id));
  const before = file.package === null;
  const refused = file.state === 'rejected';
  const due = file.notice?.due ?? null;
  return {
    from: { name: provider.name, lines: provider.address, contact: [provider.contact] },
    to: { name: 'The holder of the account', lines: [], contact: [] },
    day: at.slice(0, 10),
    references: [{ term: 'Our reference', value: file.id, mono: true }],
    subject: refused
      ? 'A demand for data of your account was refused'
      : before
        ? 'A demand for data of your account'
        : 'Data of your account were handed over',
    salutation: null,
    blocks: [
      {
        kind: 'paragraph',
        text: `${requester.agencyName} (${requester.country}) has ${before ? 'demanded' : 'received'} data of your account ${instrument.type ? `under a paper of the kind ${instrument.type}` : 'without a compulsory paper'}${instrument.caseNo ? `, number ${instrument.caseNo}` : ''}${instrument.court ? `, issued by ${instrument.court}` : instrument.issuerName ? `, issued by ${instrument.issuerName}` : ''}.`,
      },
      ...(instrument.statutes.length > 0
        ? [{ kind: 'paragraph' as const, text: `It cites ${instrument.statutes.join('; ')}.` }]
        : []),
      {
        kind: 'heading',
        level: 3,
        text: refused ? 'What was asked for' : before ? 'What is to be handed over' : 'What was handed over',
      },
      {
        kind: 'list',
        items: told.map((item) => `${CATEGORY_WORDS[item.category ?? ''] ?? 'data'}, ${rangeInWords(item)}`),
      },
      { kind: 'heading', level: 3, text: 'What you can do' },
      {
        kind: 'paragraph',
        text: refused
          ? 'We refused the demand and handed nothing over. Whoever made it may come back with another paper; you will be told of that one too, unless a court or the law forbids it. You may ask a lawyer what you can do meanwhile. We cannot give you legal advice.'
          : before
            ? `We plan to hand these data over after ${due ? due.slice(0, 10) : 'the time to object has passed'}. If you object, file a motion with the court that issued the paper, or have a lawyer do so, and send us a copy before that day; we then wait for the court. We cannot give you legal advice.`
            : `These data were handed over on ${file.package!.at.slice(0, 10)}. We were not free to tell you before. You may ask a lawyer which remedies you have. We cannot give you legal advice.`,
      },
      {
        kind: 'paragraph',
        text: `Write to ${provider.contact} and name our reference. A demand for data says nothing about whether anyone has done anything wrong.`,
      },
    ],
    closing: 'Sincerely,',
    signature: signer,
    enclosures: [],
    footer: `${provider.name} · ${file.id}`,
    paper: provider.country === 'US' ? 'us-letter' : 'a4',
  };
}
