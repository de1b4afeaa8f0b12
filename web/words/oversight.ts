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
  changes: 'Changes of the desk',
  by: 'by',
};
