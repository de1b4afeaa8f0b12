/** Sentences of the examiner desk. */
export const matters = {
  title: 'Matters',
  intro: 'One purpose, its papers, its records, its people. Nothing crosses from one to another.',
  none: 'You work in no matter yet. Open one below; you become its lead and admit others.',
  yours: 'Matters you work in',
  name: 'Name',
  matter: 'Number',
  opened: 'Opened',
  by: 'By',
  closed: 'does not open',
  open: 'Open a matter',
  called: 'What people will call it',
  openAct: 'Open it',
};

export const tabs = {
  home: 'Matter',
  import: 'Import',
  explore: 'Explore',
  ask: 'Ask',
  work: 'Work',
  report: 'Report',
};

export const matter = {
  papers: 'Papers',
  noPapers: 'No paper yet. Add the instrument; a second person approves it before anything is imported under it.',
  covers: 'Covers',
  approvedBy: (name: string) => `approved by ${name}`,
  notApproved: 'not approved yet',
  approve: 'Approve, as a second person',
  add: 'Add a paper',
  file: 'instrument.json: who issued it, what for, and its items',
  document: 'The paper itself, for instance a PDF',
  addAct: 'Add it',
  findings: 'What the program notices of it',
  arrived: 'What arrived',
  nothing: 'Nothing was imported yet.',
  sealed: 'What was sealed, and why',
  nothingSealed: 'Nothing was sealed.',
  sealedIntro:
    'Rows outside the paper, or where it cannot be told. Nobody working here can open them; only their number is known.',
  unseal: 'A later paper reaches what was sealed',
  unsealIntro:
    'Ask for one return to be read anew under a paper approved after it came. A seal holder, who does not work here, opens it with the oversight key or refuses.',
  unsealReturn: 'The return, and how many of its rows are sealed',
  unsealPaper: 'The new authority',
  unsealReason: 'Why it must be read',
  unsealAct: 'Ask for it',
  unsealWaits: 'waits for a second person',
  people: 'Who works here',
  admit: 'Admit a person',
  admitAct: 'Admit',
  dismiss: 'Dismiss',
  due: 'What is due',
  dueApproval: (paper: string) => `${paper} waits for a second person.`,
  dueReturn: (paper: string) => `Nothing was imported under ${paper} yet.`,
  nothingDue: 'Nothing is due.',
};

export const imports = {
  intro:
    'What a provider sent, as it came. Originals are kept unchanged; what the paper does not cover is sealed as it is read.',
  paper: 'The paper it answers',
  noPaper: 'No paper is approved yet. A second person approves one on the matter’s page.',
  files: 'Files as received; archives unopened',
  sending: 'Sending',
  sent: (sent: number, all: number) => `${(sent / 1e6).toFixed(1)} of ${(all / 1e6).toFixed(1)} MB`,
  claims: 'What claims it',
  nobody: 'No format claims this file. Say below what its columns mean.',
  recognising: 'Looking at what it is',
  zone: 'Zone of times that carry none (such as America/Denver); your declaration becomes part of the evidence',
  profile: 'What its columns mean',
  profileIntro:
    'Proposed from the column names; nothing is guessed that only a person can know. Correct it, then import.',
  sender: 'For a package: the provider’s public key, got another way than with it',
  act: 'Import',
  doing: 'Reading',
  receipt: 'Receipt',
  addsUp: (seen: number, kept: number, sealed: number, unreadable: number, duplicates: number) =>
    `${seen.toLocaleString('en-US')} rows seen = ${kept.toLocaleString('en-US')} kept + ${sealed.toLocaleString('en-US')} sealed + ${unreadable.toLocaleString('en-US')} not readable + ${duplicates.toLocaleString('en-US')} duplicates`,
  mismatches: 'Where the return and the paper differ',
  matches: 'What the return says of itself agrees with the paper.',
  stated: 'What the return says of itself',
  sealedBy: 'Why rows were sealed',
  unreadable: 'Rows that could not be read',
  undo: 'Take this import back',
  undone: 'The import was taken back.',
  verified: 'Verified before it was read',
  look: 'Look at the records',
};

export const asks = {
  intro: 'Each question says what it can show and what it cannot. A refusal is an answer too.',
  parameters: 'Parameters',
  act: 'Ask',
  doing: 'Asking',
  limits: 'What it cannot show',
  alternatives: 'What else could explain it',
  sensitivity: 'What would change it',
  leftOut: 'What was left out',
  inputs: 'What it rests on',
  figures: 'The figures',
  refused: 'Not answered, and why',
  caveat: 'To be read with it',
  earlier: 'Findings kept in this matter',
  current: 'of the records as they are',
  old: 'of earlier records',
  compare: 'Compare',
  compared: 'Two findings beside each other',
  none: 'Nothing was asked yet.',
  records: (records: number) => `${records.toLocaleString('en-US')} records`,
  mode: 'Investigative: it generates leads and is not quoted as evidence. Evaluative statements name two propositions first.',
};

export const works = {
  intro:
    'Notes, hypotheses as pairs of propositions, masked people, and who looked at what. Nothing written here is changed later.',
  notes: 'Notes',
  noNotes: 'No notes yet.',
  text: 'A note',
  label: 'Label',
  addNote: 'Keep the note',
  hypotheses: 'Hypotheses',
  hypothesesIntro: 'State both before comparing. How many were tried stays visible.',
  noHypotheses: 'None stated yet.',
  one: 'The first proposition',
  other: 'The alternative',
  forOne: 'Records that speak for the first (ids, with commas)',
  forOther: 'Records that speak for the alternative (ids, with commas)',
  addHypothesis: 'State them',
  masked: 'A masked person',
  maskedIntro:
    'People no paper names are shown as a number. Saying who one is, is an act with a reason, and it is signed.',
  number: 'Number, as in person 7',
  reason: 'Why this person must be known',
  reveal: 'Say who it is',
  history: 'Who did and looked at what',
};

export const reports = {
  intro:
    'Every current finding with its limits, what came, what was sealed, and how to recompute it. What you see is what is printed.',
  make: 'Make the report',
  making: 'Writing the report',
  preview: 'The report, as it will be printed',
  files: 'Files',
  keepAll: 'Keep each file you hand over; recompute.md says how the other side checks them.',
};

export const corroborations = {
  title: 'Corroboration',
  intro:
    'Logins against the leases of their addresses, with contacts and transfers on the same clock. Each match explains itself, and so does each absence.',
  loading: 'Comparing logins with leases',
  none: 'No login with an address lies here. Import a record of sessions, and the carrier’s leases.',
  day: 'Day, in UTC',
  earlier: 'Earlier',
  later: 'Later',
  login: 'Login',
  lanes: {
    one: 'one subscriber',
    several: 'several could have had it',
    none: 'no lease fits',
    'cannot tell': 'cannot be told',
  } as Record<string, string>,
  says: (day: string, seconds: number) =>
    `Logins by what the leases say of them, and other records, on ${day}. The band about a chosen login is the clock allowance of ${seconds} seconds on either side.`,
  port: 'port',
  unknown: 'unknown',
  subscriber: 'Subscriber',
  leases: 'Leases that fit',
  several: 'Subscribers who could have had it',
  margin: 'Nearer edge of the lease',
  seconds: (seconds: number) => `${seconds.toLocaleString('en-US')} seconds away`,
  list: 'The logins of this day',
};
