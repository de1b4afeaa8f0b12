/** The states of the sender's account as the record writes them, one section a fact: names, addresses, number, devices. */
import { REGISTRATION_IP, SENDER } from './cast.ts';
import { spacedUtc } from './clock.ts';
import type { Category, Pair } from './meta-markup.ts';

/** What the order asks for of the account itself. */
export function accountFacts(): Category[] {
  return [
    {
      id: 'name',
      title: 'Name',
      definition: 'The first, middle and last name the account holder gave.',
      pairs: nameOf(SENDER.given, SENDER.family, SENDER.middle),
    },
    {
      id: 'emails',
      title: 'Emails',
      definition: 'E-mail addresses the account holder registered.',
      pairs: SENDER.emails.map((value) => ({ label: 'Registered Email Addresses', value })),
    },
    {
      id: 'vanity',
      title: 'Vanity',
      definition: 'The name in the address of the page.',
      pairs: [{ label: 'Vanity Name', value: SENDER.vanity }],
    },
    {
      id: 'phone_numbers',
      title: 'Phone Numbers',
      definition: 'Telephone numbers linked to the account and whether the holder confirmed them.',
      pairs: [{ label: 'Phone Numbers', value: `${SENDER.phone} Cell Verified on ${spacedUtc(SENDER.phoneVerified)}` }],
    },
    {
      id: 'registration_date',
      title: 'Registration Date',
      definition: 'When the account was made.',
      pairs: [{ label: 'Registration Date', value: spacedUtc(SENDER.registered) }],
    },
    {
      id: 'registration_ip',
      title: 'Registration Ip',
      definition: 'The address from which the account was made.',
      pairs: [{ label: 'Registration Ip', value: REGISTRATION_IP }],
    },
    {
      id: 'account_end_date',
      title: 'Account End Date',
      definition: 'When the account was closed, or whether it is in use.',
      pairs: [{ label: 'Account Still Active', value: 'true' }],
    },
  ];
}

export function nameOf(given: string, family: string, middle?: string): Pair[] {
  return [
    { label: 'First', value: given },
    ...(middle === undefined ? [] : [{ label: 'Middle', value: middle }]),
    { label: 'Last', value: family },
  ];
}

/** Two devices, which the order did not ask for, and an empty category. */
export function devices(): Category[] {
  return [
    { id: 'logins', title: 'Logins', definition: 'Sessions opened and closed, where kept.', pairs: [] },
    {
      id: 'devices',
      title: 'Devices',
      definition: 'Devices on which the account was used.',
      pairs: ['Android Phone', 'Web Browser'].flatMap((type, n) => [
        { label: 'Type', value: type },
        { label: 'Id', value: `00000000-0000-4000-8000-00000000004${n + 1}` },
        { label: 'Active', value: 'true' },
        { label: 'User', value: SENDER.facebookId },
      ]),
    },
  ];
}
