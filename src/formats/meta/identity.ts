/** Categories about who the account says it is and since when: names, addresses, numbers, dates, settings. */
import { identifier } from '../../record/identifier.ts';
import type { Account } from './account.ts';
import { draft, fact, type Outcome } from './drafts.ts';
import type { Row } from './rows.ts';
import type { Section } from './section.ts';
import { readTime, timeOf } from './values.ts';

export const IDENTITY: Record<string, Section> = {
  name: {
    category: 'DC-01',
    labels: ['First', 'Middle', 'Last', 'Name'],
    reads: { rows: { opens: ['First'], once: 'all' } },
    draft: (row, account) => fact('DC-01', 'name', Object.values(row.raw).filter(Boolean).join(' '), row, account),
  },
  emails: {
    category: 'DC-01',
    labels: ['Registered Email Addresses', 'Emails'],
    reads: { lines: /^[^\s@]+@[^\s@]+\.[^\s@]{2,}/ },
    draft: (row, account) => fact('DC-01', 'email', only(row), row, account),
  },
  phone_numbers: {
    category: 'DC-01',
    labels: ['Phone Numbers', 'Phone Number'],
    reads: { lines: /^\+\d{7,}/ },
    draft: phoneNumber,
  },
  vanity: stated('DC-01', 'vanity', ['Vanity', 'Vanity Name']),
  date_of_birth: stated('DC-01', 'date of birth', ['Date Of Birth']),
  gender: stated('DC-01', 'gender', ['Gender']),
  website: stated('DC-01', 'website', ['Website']),
  bio: stated('DC-01', 'bio', ['Bio']),
  about_me: stated('DC-01', 'about me', ['About Me']),
  registration_date: {
    category: 'DC-03',
    labels: ['Registration Date'],
    reads: 'blocks',
    draft(row, account, notes) {
      notes.set('registration date', only(row));
      return dated('registration date', row, account);
    },
  },
  account_end_date: {
    category: 'DC-03',
    labels: ['Account End Date', 'Account Still Active'],
    reads: 'blocks',
    draft: (row, account) => dated('account end date', row, account),
  },
  small_medium_business: stated('DC-03', 'small medium business', []),
  privacy_settings: {
    category: 'DC-07',
    labels: [],
    reads: 'blocks',
    draft: (row, account) => fact('DC-07', Object.keys(row.raw)[0]!, only(row), row, account),
  },
};

function stated(category: string, name: string, labels: string[]): Section {
  return { category, labels, reads: 'blocks', draft: (row, account) => fact(category, name, only(row), row, account) };
}

function only(row: Row): string {
  return Object.values(row.raw)[0] ?? '';
}

/** A date that cannot be read (`Account still active`) is still an answer. */
function dated(name: string, row: Row, account: Account): Outcome {
  const stamp = readTime(only(row), account.zone);
  const time = stamp ? timeOf(stamp) : timeOf(null);
  return draft('fact', 'DC-03', account, time, { name, value: only(row) }, row);
}

/** `+15555550123 Cell Verified on 2016-05-01 12:00:00 UTC`: the number, and when the provider saw it verified. */
function phoneNumber(row: Row, account: Account): Outcome {
  const written = only(row);
  const number = /^\+?[\d\s().-]{7,}\d/.exec(written)?.[0].trim();
  const value = number === undefined ? written : (identifier('phone', number)?.value ?? number);
  const verified = /verified on\s+(.+)$/i.exec(written)?.[1];
  const stamp = verified === undefined ? null : readTime(verified, account.zone);
  if (!stamp) return fact('DC-01', 'phone number', value, row, account);
  return draft('fact', 'DC-01', account, timeOf(stamp), { name: 'phone number, verified', value }, row);
}
