/**
 * What may be done with a request, as forms: which act of the way is which operation, and what a person says with it.
 *
 * Which acts are open is the server's to say (`next`); here is only how each is asked.
 */
import type { Words } from '../../src/desk/desks.ts';
import type { Role } from '../../src/entry/roles.ts';

export type ActField = {
  name: string;
  label: string;
  kind: 'text' | 'long' | 'choice' | 'file' | 'files' | 'item' | 'check';
  choices?: readonly string[];
  optional?: true;
};

export type ActForm = {
  words: Words;
  act: string;
  title: string;
  says: string;
  roles: readonly Role[];
  fields: readonly ActField[];
  weighty?: true;
};

const REVIEWER: readonly Role[] = ['reviewer'];
const TWO: readonly Role[] = ['reviewer', 'releaser'];
const DESK: readonly Role[] = ['clerk', 'reviewer', 'releaser'];
const reason: ActField = { name: 'reason', label: 'Reason', kind: 'long' };

/** In the order in which they come up. `act` is the name in `next`. */
export const ACT_FORMS: readonly ActForm[] = [
  {
    act: 'assign',
    words: 'request assign',
    title: 'Take it on',
    says: 'You review it, and are no party to it. Verification begins.',
    roles: REVIEWER,
    fields: [],
  },
  {
    act: 'call back',
    words: 'request call',
    title: 'Record a call-back',
    roles: TWO,
    says: 'Call the number the directory has, ask for the officer by the switchboard, and ask about this very request.',
    fields: [
      { name: 'answer', label: 'What the agency said', kind: 'choice', choices: ['confirmed', 'denied', 'no answer'] },
      { name: 'note', label: 'Who was spoken to, and how they were reached', kind: 'long', optional: true },
      { name: 'number', label: 'Another number than the directory’s, if you called one', kind: 'text', optional: true },
    ],
  },
  {
    act: 'second check',
    words: 'request second',
    title: 'Check it as a second person',
    says: 'You checked by yourself who is asking.',
    roles: TWO,
    fields: [
      { name: 'note', label: 'What you checked, and how', kind: 'long' },
      { name: 'fails', label: 'It was not borne out', kind: 'check' },
    ],
  },
  {
    act: 'verify',
    words: 'request verify',
    title: 'It is verified who asks',
    says: 'Possible once the assurance needed is reached and no finding about the sender is open.',
    roles: REVIEWER,
    fields: [],
  },
  {
    act: 'verify',
    words: 'request verify',
    title: 'Refuse it as a fraud',
    says: 'It ends here. The sender gets no answer.',
    roles: REVIEWER,
    weighty: true,
    fields: [{ name: 'fraud', label: 'Why it is a fraud', kind: 'long' }],
  },
  {
    act: 'review',
    words: 'request review',
    title: 'Judge it by every rule',
    says: 'Three verdicts, and item by item what stands against it. It approves nothing.',
    roles: REVIEWER,
    fields: [],
  },
  {
    act: 'decide',
    words: 'request decide',
    title: 'Decide an item',
    says: 'It takes effect when others have approved.',
    roles: REVIEWER,
    fields: [
      { name: 'item', label: 'Item', kind: 'item' },
      { name: 'decision', label: 'Decision', kind: 'choice', choices: ['approve', 'push-back', 'reject'] },
      reason,
    ],
  },
  {
    act: 'approve',
    words: 'request approve',
    title: 'Approve what was decided',
    says: 'As another person than who decided. You sign the digest of exactly this.',
    roles: TWO,
    weighty: true,
    fields: [],
  },
  {
    act: 'reject',
    words: 'request reject',
    title: 'End it: every item is rejected',
    says: 'The letter says why.',
    roles: TWO,
    weighty: true,
    fields: [],
  },
  {
    act: 'cure',
    words: 'request cure',
    title: 'Receive the answer to the push-back',
    says: 'A new version of the whole demand, judged anew as a whole.',
    roles: ['clerk', 'reviewer'],
    fields: [
      { name: 'file', label: 'The demand as it now stands', kind: 'file' },
      { name: 'document', label: 'Papers that came with it', kind: 'files', optional: true },
    ],
  },
  {
    act: 'narrow',
    words: 'request narrow',
    title: 'The requester accepts less',
    says: 'Items before and after are kept, with the acceptance in writing.',
    roles: REVIEWER,
    fields: [
      { name: 'items', label: 'A JSON file: the items as they now stand', kind: 'file' },
      { name: 'accepted-by', label: 'Who accepted for the requester', kind: 'text' },
      { name: 'acceptance', label: 'The acceptance as it came', kind: 'file' },
    ],
  },
  {
    act: 'enforcing authority',
    words: 'request authority',
    title: 'The enforcing authority has answered',
    says: 'For a European order.',
    roles: REVIEWER,
    fields: [
      { name: 'decision', label: 'What it says', kind: 'choice', choices: ['no-ground', 'partial', 'full'] },
      { name: 'items', label: 'Items a partial refusal names, with commas', kind: 'text', optional: true },
      { name: 'reference', label: 'Number or message of its decision', kind: 'text' },
    ],
  },
  {
    act: 'decide notice',
    words: 'notice decide',
    title: 'Decide whether the user is told',
    roles: REVIEWER,
    says: 'They are told, unless an order that holds or a named ground bars it.',
    fields: [
      {
        name: 'silent',
        label: 'A ground keeps it silent',
        kind: 'choice',
        choices: [
          'nondisclosure order',
          'the certificate keeps it confidential',
          'national security letter',
          'child exploitation',
          'imminent danger',
          'compromised account',
          'notice would be counter-productive',
          'emergency',
          'preservation only',
        ],
        optional: true,
      },
      { name: 'reason', label: 'Reason', kind: 'long', optional: true },
      { name: 'to', label: 'Verified address to tell when the silence ends', kind: 'text', optional: true },
    ],
  },
  {
    act: 'notify user',
    words: 'notice send',
    title: 'Tell the user',
    says: 'At the verified address of the account, never one from the request.',
    roles: REVIEWER,
    weighty: true,
    fields: [
      { name: 'to', label: 'Verified address of the account', kind: 'text' },
      { name: 'with-process', label: 'Attach the paper itself', kind: 'check' },
    ],
  },
  {
    act: 'collect',
    words: 'produce',
    title: 'Collect the approved rows',
    says: 'They lie encrypted here until another person has checked them. Nothing leaves.',
    roles: REVIEWER,
    fields: [],
  },
  {
    act: 'check',
    words: 'produce check',
    title: 'Check the collection',
    says: 'As another person than who collected: every row is decided anew, every file held against its digest.',
    roles: TWO,
    weighty: true,
    fields: [{ name: 'note', label: 'Note', kind: 'long', optional: true }],
  },
  {
    act: 'return for correction',
    words: 'produce return',
    title: 'Send the collection back',
    says: 'It is made anew.',
    roles: TWO,
    fields: [reason],
  },
  {
    act: 'preserve',
    words: 'preserve take',
    title: 'Take the snapshot',
    says: 'Nobody is shown it. It expires by itself.',
    roles: REVIEWER,
    fields: [],
  },
  {
    act: 'renew',
    words: 'preserve renew',
    title: 'Renew the hold',
    says: 'Once, on the agency’s renewed request.',
    roles: REVIEWER,
    fields: [{ name: 'reference', label: 'The renewed request', kind: 'text' }],
  },
  {
    act: 'convert',
    words: 'preserve convert',
    title: 'Close the hold: a later request asks for it',
    says: '',
    roles: REVIEWER,
    fields: [{ name: 'under', label: 'The later request', kind: 'text' }],
  },
  {
    act: 'release hold',
    words: 'preserve release',
    title: 'End the hold',
    says: 'The snapshot is deleted; the acts stay.',
    roles: REVIEWER,
    weighty: true,
    fields: [],
  },
  {
    act: 'acknowledge',
    words: 'request acknowledge',
    title: 'The recipient confirms the package',
    says: '',
    roles: DESK,
    fields: [
      { name: 'sha256', label: 'SHA-256 they name', kind: 'text' },
      { name: 'by', label: 'Who confirms', kind: 'text' },
    ],
  },
  {
    act: 'follow up',
    words: 'request follow-up',
    title: 'Record the paper that follows',
    says: 'After an emergency.',
    roles: DESK,
    fields: [{ name: 'note', label: 'What came', kind: 'long' }],
  },
  {
    act: 'stay',
    words: 'request stay',
    title: 'Stop it where it stands',
    says: 'A motion or an objection was filed: preserve, do not produce.',
    roles: REVIEWER,
    fields: [{ name: 'ground', label: 'Ground', kind: 'long' }],
  },
  {
    act: 'lift stay',
    words: 'request resume',
    title: 'Lift the stay',
    says: 'It goes on from where it stood.',
    roles: REVIEWER,
    fields: [reason],
  },
  {
    act: 'withdraw',
    words: 'request withdraw',
    title: 'The issuer withdrew it',
    says: 'What was collected is deleted; the acts stay.',
    roles: REVIEWER,
    weighty: true,
    fields: [reason, { name: 'authenticated', label: 'How that was authenticated', kind: 'text' }],
  },
  { act: 'close', words: 'request close', title: 'Close it', says: '', roles: REVIEWER, fields: [reason] },
];

/** The forms that are open now, for someone with these roles. */
export function openForms(next: readonly string[], roles: readonly Role[]): ActForm[] {
  return ACT_FORMS.filter((form) => next.includes(form.act) && form.roles.some((role) => roles.includes(role)));
}

/** Those that are open to other roles. */
export function formsOfOthers(next: readonly string[], roles: readonly Role[]): ActForm[] {
  return ACT_FORMS.filter((form) => next.includes(form.act) && !form.roles.some((role) => roles.includes(role)));
}
