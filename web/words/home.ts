/** Sentences of the first page, the page about oneself, and the roll. */
export const home = {
  title: (name: string) => `Good day, ${name}`,
  examiner:
    'Import what a provider sent, look at what the paper covers, ask what the records support, write a report that anyone can recompute.',
  matters: 'Open the matters',
  noMatter: 'You work in no matter yet. A lead admits you, or an administrator makes you lead of one.',
  provider:
    'Receive a request, prove who sent it, review it item by item, push back or narrow, and produce exactly what was approved.',
  inbox: 'Open the inbox, sorted by what is due next',
  overdue: 'overdue',
  oversight: 'See every act, verify every package and report, and look after what was sealed.',
  ledger: 'Read the ledger',
  peopleHeading: 'People',
  people: 'Say who may enter and what for. Every change is in the ledger.',
  peopleLink: 'Open the roll',
  verifyHeading: 'Verify',
  verify:
    'Drop a package, a report or a ledger export. It is checked here, against what it says of itself and the keys you name.',
  verifyLink: 'Verify something',
};

export const you = {
  title: 'You',
  intro: 'How you come in, where you are signed in, and in which zone times are shown.',
  roles: 'Your roles',
  noRoles: 'You hold no role yet. An administrator gives roles.',
  zone: 'Zone times are shown in',
  zoneHelp: 'An IANA zone such as America/Denver. The stored times stay as they are; the zone is named beside each.',
  zoneWrong: 'That is no zone this browser knows.',
  office: 'Your office’s sign-in',
  officeIntro: (office: string) =>
    `Link who you are at ${office}, and you can enter by it. Acts that are signed stay signed with your passkey, or your password and a code.`,
  officeIs: (office: string) => `You can enter by ${office}.`,
  officeLink: (office: string) => `Link ${office}`,
  officeLinked: (office: string) => `${office} is linked to you.`,
  sessions: 'Where you are signed in',
  endAll: 'Sign out everywhere',
  end: 'End',
  opened: 'Opened',
  seen: 'Last seen',
  how: 'By',
  where: 'Browser',
};

export const people = {
  title: 'People and roles',
  intro: 'Who may enter, and what for. Roles that one person should not hold together are marked.',
  invite: 'Invite a person',
  name: 'Name',
  role: 'Role to begin with',
  matter: 'Matter',
  none: 'no role yet',
  inviteAct: 'Invite',
  invited: (name: string) =>
    `${name} is on the roll. Hand over this code in person, or by another way than the link; it works once, within a week.`,
  give: 'Give a role',
  giveAct: 'Give',
  revoke: 'Take away',
  end: 'End',
  ended: 'ended',
  isIn: 'signed in',
  ways: 'Ways in',
  roles: 'Roles',
  conflict: (one: string, other: string) => `${one} and ${other} by one person`,
  passkeys: (count: number) => (count === 1 ? '1 passkey' : `${count} passkeys`),
  password: 'password with a code',
  noWay: 'none yet: the code was not used',
  onRoll: 'On the roll',
  whatRoles: 'What the roles are',
};
