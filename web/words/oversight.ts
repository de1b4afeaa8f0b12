/** Sentences of the oversight desk and of verifying. */
export const ledger = {
  title: 'Ledger',
  intro:
    'Every act, in the order in which it was written. The order is certain; the times are what this machine’s clock said. Reading it is an act too.',
  filters: 'Show only',
  matter: 'Matter or request',
  person: 'Person',
  act: 'Act',
  op: 'Kind of act (Directive 2016/680, Article 25)',
  from: 'From, with its zone',
  to: 'To before',
  every: 'every',
  shown: (shown: number, all: number) => `${shown.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} entries`,
  older: 'Show more',
  entry: 'One act in full',
  sentence: (who: string, act: string, of: string) => `${who}: ${act}${of ? ` · ${of}` : ''}`,
  began: 'began',
  proof: 'Proof that it is in the log',
  bytes: 'The entry, as it was written',
  signed: 'What the person signed',
  unsigned: 'Nothing was signed for it; it was done at the command line or asks for none.',
  head: 'Signed head, to keep elsewhere',
  headAct: 'Fetch the signed head',
  export: 'Write the whole ledger',
  alarms: 'What should be looked at',
  noAlarms: 'Nothing.',
  open: 'Acts without an ending',
  overdue: 'Times that have passed',
  crashed: 'Acts that did not end well',
  refusals: 'Refusals, by person',
  conflicts: 'Roles one person should not hold together',
  pairs: 'Who approves whom',
  pair: (worker: string, approver: string, together: number, of: number) =>
    `${approver} approved in ${together} of ${of} that ${worker} worked on`,
};

export const verifying = {
  title: 'Verify',
  intro:
    'A package is checked here against what it says of itself and the keys you name. “Verified” always says against what, and up to when.',
  file: 'A package (.fcp, or its zip)',
  key: 'The sender’s public key, got another way than with it; without it the key inside is used, which proves less',
  identity: 'For a sealed package: the file with the age identity that opens it. It is used once and not kept.',
  act: 'Check it',
  doing: 'Checking',
  holds: 'holds',
  fails: 'FAILS',
  against: 'Against',
  upTo: 'Up to',
  what: 'What',
  counted: 'Counted here',
  notChecked: 'What was not looked at',
  folderHeading: 'A report, or an exported ledger',
  folderIntro:
    'Nothing signs a report by itself: bring a folder that holds the report and the ledger it was written under. It stays in this browser; nothing is sent.',
  folder: 'A folder: an exported ledger, a report, or both in one',
  folderFiles: (count: number) => (count === 1 ? '1 file' : `${count.toLocaleString('en-US')} files`),
  folderKey: 'The public key of the ledger, got another way than with it',
  folderAct: 'Look at it',
  stick: 'Without a server',
  stickIntro:
    'The same check, written a second time and apart from this program, as one file for a stick: it needs a browser and nothing else.',
  stickLink: 'Keep the verifier (one HTML file)',
};

export const waiting = {
  title: 'Waiting for a second person',
  intro: 'Nothing here takes effect before another person has looked at exactly this and signed it.',
  none: 'Nothing waits.',
  papers: 'Papers',
  requests: 'Requests',
  unsealings: 'Unsealings',
  changes: 'Changes of the desk',
  by: 'by',
};

export const sealed = {
  title: 'Sealed',
  intro:
    'What came and no paper reached: counted, not shown. It is opened one return at a time, under a new authority, by a second person who brings the oversight key.',
  counts: 'Sealed rows, by return',
  none: 'Nothing is sealed.',
  asked: 'Unsealings asked for',
  noneAsked: 'None.',
  waits: 'waits for a second person',
  would: 'It would read',
  open: 'Open it',
  refuse: 'Refuse',
  key: 'The oversight key: the file. It is used for this act and kept nowhere.',
  reason: 'Why it is refused',
  opened: (kept: number, sealed: number) =>
    `${kept.toLocaleString('en-US')} rows are records of the matter now; ${sealed.toLocaleString('en-US')} were sealed again.`,
  answered: (answer: string, by: string) => `${answer} by ${by}`,
  since: 'of these, read again since under a later paper',
  opening: 'Reading the return anew',
};
