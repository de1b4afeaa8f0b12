/** Categories that list other people: followers, contacts, groups, accounts seen on the same browser. */
import type { Mention } from '../../record/record.ts';
import { type Account, accountsIn, isSubject, mentionsIn } from './account.ts';
import { draft, fact, field, mentioned, nameOf, type Outcome, timeIn, withoutContent } from './drafts.ts';
import { key } from './label.ts';
import type { Row } from './rows.ts';
import type { Section } from './section.ts';

const ANYONE = /^\+?\d{7,20}$|\(\s*(?:[a-z]+:\s*)?\d{3,20}\s*\)(?:\s*\[[^\]]*\])?$/i;

export const PEOPLE: Record<string, Section> = {
  followers: list('follower', ['Followers']),
  following: list('following', ['Following']),
  address_book_info: list('contact', ['Symmetric contacts', 'Asymmetric contacts'], 'whatsapp'),
  groups_info: groups('whatsapp'),
  encrypted_groups_info: groups(null),
  ncmec_reports: {
    category: 'DC-19',
    labels: ['CyberTip ID', 'Time', 'Responsible Id'],
    reads: { rows: { opens: ['CyberTip ID'], once: ['CyberTip ID', 'Time', 'Responsible Id'] } },
    draft: report,
  },
  cookies: {
    category: 'DC-20',
    labels: ['Cookie', 'Machine Cookie', 'Account', 'Account Identifier', 'User', 'Time', 'First Seen', 'Last Seen'],
    reads: { rows: { opens: ['Cookie', 'Machine Cookie'], once: 'all' } },
    draft: sharedBrowser,
  },
};

function list(name: string, labels: string[], service: 'whatsapp' | null = null): Section {
  return {
    category: 'DC-07',
    labels,
    reads: { lines: ANYONE },
    draft(row, account) {
      const [label, value] = Object.entries(row.raw)[0]!;
      if (/^\d+ total$/i.test(value)) return fact('DC-07', `number of ${label}`, value, row, account);
      const reader = { ...account, service: service ?? account.service };
      const mentions = mentionsIn(value, label, reader, 'value');
      return fact('DC-07', name, mentions[0]?.who.value ?? value, row, account, mentions);
    },
  };
}

function groups(service: 'whatsapp' | null): Section {
  const plain = [
    'id',
    'groupid',
    'creation',
    'size',
    'subject',
    'thread',
    'threadid',
    'owner',
    'participants',
    'members',
    'picture',
    'thumbnail',
    'linkedmediafile',
    'time',
    'timestamp',
  ];
  return {
    category: 'DC-07',
    labels: ['Picture', 'Thumbnail', 'ID', 'Creation', 'Size', 'Description', 'Subject'],
    reads: {
      rows: {
        opens: ['Picture', 'Group'],
        once: 'all',
        above: ['Groups', 'Owned', 'Owned Groups', 'Participating', 'Participating Groups'],
      },
    },
    draft(row, account) {
      const time = timeIn(row, account);
      if (typeof time === 'string') return time;
      const reader = { ...account, service: service ?? account.service };
      const bare = withoutContent(
        row,
        new Set([...plain, 'owned', 'ownedgroups', 'participating', 'participatinggroups']),
      ).row;
      const mentions = mentioned(row, reader, ['owner', 'participants', 'members']);
      return draft(
        'fact',
        'DC-07',
        account,
        time,
        { name: 'group', value: field(row, 'id', 'groupid', 'thread') },
        bare,
        mentions,
      );
    },
  };
}

function report(row: Row, account: Account): Outcome {
  const time = timeIn(row, account);
  if (typeof time === 'string') return time;
  const known = new Set([
    'cybertipid',
    'time',
    'responsibleid',
    'linkedmediafile',
    'ncmecreport',
    'type',
    'size',
    'uploadip',
  ]);
  const { row: bare } = withoutContent(row, known);
  const mentions = mentioned(row, account, ['responsibleid']);
  return draft(
    'fact',
    'DC-19',
    account,
    time,
    { name: 'ncmec report', value: field(row, 'cybertipid') },
    bare,
    mentions,
  );
}

const NOT_PEOPLE = [
  'cookie',
  'machinecookie',
  'time',
  'timestamp',
  'firstseen',
  'lastseen',
  'useragent',
  'agent',
  'service',
];

/** Everyone named here but the account itself is a third party, whatever the label says. */
function sharedBrowser(row: Row, account: Account): Outcome {
  const time = timeIn(row, account);
  if (typeof time === 'string') return time;
  const mentions: Mention[] = [];
  for (const [name, value] of Object.entries(row.raw)) {
    if (!NOT_PEOPLE.includes(key(name.replace(/ \d+$/, '')))) mentions.push(...mentionsIn(value, name, account));
  }
  const label = ['account', 'accountidentifier', 'user'].find((one) => field(row, one) !== undefined);
  const other =
    label === undefined
      ? undefined
      : accountsIn(field(row, label)!, account.service).find((who) => !isSubject(who, account));
  for (const mention of mentions)
    if (label && mention.fields[0] === nameOf(row, label) && mention.who.value === other?.value)
      mention.column = 'value';
  const value = other?.value ?? field(row, 'cookie', 'machinecookie');
  return draft('fact', 'DC-20', account, time, { name: 'account on the same browser', value }, row, mentions);
}
