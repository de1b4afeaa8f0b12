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
