/**
 * Who may do what: one table over all operations, and one pure function that reads it. What is not named here is not reached.
 *
 * It holds for people who sign in. Whoever runs the command line has the keys of the data directory in their hands.
 */
import type { Grant, Role } from '../entry/roles.ts';
import type { Words } from './desks.ts';

export type May = {
  /** Any of these roles. `anyone` is whoever is signed in; `nobody` does it on the command line only. */
  who: readonly Role[] | 'anyone' | 'nobody';
  /** Input fields that name files to read: over HTTP they name uploads. */
  files?: readonly string[];
  /** The input field that names a folder to write: over HTTP the door makes one and hands out what lies in it. */
  folder?: string;
  /** Input fields that only the command line may give. */
  never?: readonly string[];
  /** Set where the person proves themselves anew, and signs exactly this act. */
  signs?: true;
};

const MATTER: readonly Role[] = ['lead', 'examiner'];
const DESK: readonly Role[] = ['clerk', 'reviewer', 'releaser'];
const REVIEW: readonly Role[] = ['reviewer'];
const TWO: readonly Role[] = ['reviewer', 'releaser'];
const WATCH: readonly Role[] = ['oversight', 'seal holder'];
const LEADS_PAPERS: readonly Role[] = ['lead'];

export const WHO_MAY: Record<Words, May> = {
  init: { who: 'nobody' },
  demo: { who: 'nobody' },
  serve: { who: 'nobody' },

  'person list': { who: ['administrator', 'lead', 'oversight'] },
  'person invite': { who: ['administrator'], signs: true },
  'person grant': { who: ['administrator'], signs: true },
  'person revoke': { who: ['administrator'], signs: true },
  'person end': { who: ['administrator'], signs: true },
  'session list': { who: 'anyone' },
  'session end': { who: 'anyone' },

  'matter create': { who: 'anyone' },
  'matter list': { who: 'anyone' },
  'matter people': { who: MATTER },
  'matter admit': { who: LEADS_PAPERS, signs: true },
  'matter dismiss': { who: LEADS_PAPERS, signs: true },
  'instrument add': { who: MATTER, files: ['file', 'document'] },
  'instrument amend': { who: MATTER, files: ['file', 'document'] },
  'instrument approve': { who: MATTER, signs: true },
  'instrument list': { who: MATTER },
  'instrument waiting': { who: [...MATTER, ...WATCH] },
  'request waiting': { who: [...TWO, ...WATCH] },
  recipient: { who: ['lead', 'examiner', 'administrator'] },
  'recipient identity': { who: 'nobody' },
  import: { who: MATTER, files: ['files', 'profile'] },
  'import undo': { who: MATTER, signs: true },
  receipts: { who: MATTER },
  'unseal propose': { who: LEADS_PAPERS, files: ['profile'], signs: true },
  'unseal open': { who: ['seal holder'], files: ['key'], signs: true },
  'unseal refuse': { who: ['seal holder'], signs: true },
  'unseal list': { who: [...MATTER, ...WATCH] },
  'finding list': { who: MATTER },
  'explore columns': { who: MATTER },
  'explore rows': { who: MATTER },
  'explore record': { who: MATTER },
  'selection save': { who: MATTER },
  'selection list': { who: MATTER },
  'note add': { who: MATTER },
  'note list': { who: MATTER },
  'hypothesis add': { who: MATTER },
  'hypothesis list': { who: MATTER },
  'matter history': { who: MATTER },
  records: { who: MATTER },
  'person reveal': { who: MATTER, signs: true },
  'reference add': { who: MATTER, files: ['files'] },
  'reference list': { who: MATTER },
  ask: { who: MATTER },
  report: { who: MATTER, folder: 'out' },
  'report arrange': { who: MATTER, files: ['file'] },
  'report arrangement': { who: MATTER },
  disclose: { who: LEADS_PAPERS, files: ['withhold'], folder: 'out', signs: true },

  'request receive': { who: ['clerk', 'reviewer'], files: ['file', 'document'], never: ['signature-checked'] },
  'request list': { who: DESK },
  'request show': { who: DESK },
  'request document': { who: DESK, folder: 'out' },
  'request assign': { who: REVIEW },
  'request call': { who: TWO },
  'request second': { who: TWO },
  'request verify': { who: REVIEW },
  'request review': { who: REVIEW },
  'request judge': { who: TWO },
  'request reason': { who: REVIEW },
  'request decide': { who: REVIEW },
  'request letter': { who: TWO, folder: 'out' },
  'request send': { who: REVIEW, files: ['letter', 'attach'], never: ['outbox'], signs: true },
  'request cure': { who: ['clerk', 'reviewer'], files: ['file', 'document'] },
  'request narrow': { who: REVIEW, files: ['items', 'acceptance'] },
  'request approve': { who: TWO, signs: true },
  'request reject': { who: TWO, signs: true },
  'request authority': { who: REVIEW },
  'request stay': { who: REVIEW },
  'request resume': { who: REVIEW },
  'request withdraw': { who: REVIEW, signs: true },
  'request acknowledge': { who: DESK },
  'request follow-up': { who: DESK },
  'request close': { who: REVIEW },
  'notice decide': { who: REVIEW },
  'notice compose': { who: REVIEW, folder: 'out' },
  'notice send': { who: REVIEW, files: ['letter'], never: ['outbox'], signs: true },
  'notice release': { who: REVIEW, never: ['outbox'], signs: true },
  'notice list': { who: TWO },
  'preserve take': { who: REVIEW },
  'preserve renew': { who: REVIEW },
  'preserve convert': { who: REVIEW },
  'preserve release': { who: REVIEW, signs: true },
  'preserve list': { who: TWO },
  'source add': { who: 'nobody' },
  'source list': { who: TWO },
  produce: { who: REVIEW },
  'produce preview': { who: TWO },
  'produce check': { who: TWO, signs: true },
  'produce return': { who: TWO },
  'produce package': { who: TWO, folder: 'out', signs: true },
  'produce deliver': { who: TWO, folder: 'out', signs: true },
  attribute: { who: TWO, files: ['file'], folder: 'out' },
  'attribute index': { who: 'nobody' },
  transparency: { who: ['reviewer', 'releaser', 'oversight'], folder: 'out' },
  'policy show': { who: [...DESK, ...WATCH] },
  'policy propose': { who: TWO, files: ['file'] },
  'policy approve': { who: TWO, signs: true },
  'directory show': { who: [...DESK, ...WATCH] },
  'directory import': { who: TWO, files: ['file'] },
  'directory approve': { who: TWO, signs: true },

  rules: { who: 'anyone' },
  formats: { who: 'anyone' },
  recognise: { who: 'anyone', files: ['file', 'profile'] },
  'ledger show': { who: WATCH },
  'ledger entry': { who: WATCH },
  'oversight alarms': { who: WATCH },
  'ledger checkpoint': { who: 'anyone' },
  'ledger export': { who: WATCH, folder: 'out' },
  verify: { who: 'anyone', files: ['path', 'older', 'identity'] },
}; // biome-ignore format: a table

export type Answer = 'yes' | 'no' | 'not there';

/**
 * Whether someone with these grants may do this. `matter` is the one the act is about, if it is about one: a matter in which
 * they hold no role is answered as one that does not exist.
 */
export function mayDo(grants: readonly Grant[], words: string, matter: string | null): Answer {
  const may = Object.hasOwn(WHO_MAY, words) ? WHO_MAY[words as Words] : undefined;
  if (may === undefined || may.who === 'nobody') return 'no';
  if (may.who === 'anyone')
    return matter === null || grants.some((grant) => grant.matter === matter) ? 'yes' : 'not there';
  const held = grants.filter(({ role }) => may.who.includes(role));
  if (held.length === 0) return 'no';
  if (matter === null || held.some((grant) => grant.matter === matter)) return 'yes';
  const inMatter = grants.some((grant) => grant.matter === matter);
  // A role of a desk, such as oversight, is not of one matter and reaches each as far as the operation shows it.
  if (held.some((grant) => grant.matter === null)) return 'yes';
  return inMatter ? 'no' : 'not there';
}
