/**
 * Who and what the story is about: invented people and firms, documentation addresses, fictional numbers.
 *
 * Real companies appear only as names of file formats. Numbers are 575-555-01xx, addresses those of RFC 5737 and RFC 3849.
 */
import { secondsFrom } from './clock.ts';

/** The dates the papers order, half-open, in UTC. */
export const ORDERED = { began: secondsFrom('2017-02-01T00:00:00Z'), ended: secondsFrom('2017-04-01T00:00:00Z') };

/** The dates of the story itself, wider than what the papers order. */
export const STORY = { firstDay: '2017-01-25', lastDay: '2017-04-08' };

export const SENDER = {
  given: 'Orrin',
  middle: 'Vale',
  family: 'Talvane',
  facebookId: '100000000000042',
  vanity: 'orrin.talvane.42',
  emails: ['orrin.talvane@example.com', 'desert.resale@example.net'],
  phone: '+15755550142',
  phoneVerified: secondsFrom('2016-08-19T02:14:51Z'),
  registered: secondsFrom('2014-06-21T03:40:09Z'),
  imsi: '001010123450042',
  imei: '004999010640000',
} as const;

/** An account the order does not name; its record rides along in the same return. */
export const OTHER_ACCOUNT = {
  given: 'Perrin',
  family: 'Osgrave',
  facebookId: '100000000000077',
  vanity: 'perrin.osgrave',
  email: 'perrin.osgrave@example.org',
} as const;

/** People who use the same counters; none of them is named in a paper. */
export const OTHER_SENDERS = [
  { name: 'LIDDA CORMEET', phone: '+15755550181' },
  { name: 'HOBART SENNICK', phone: '+15755550182' },
  { name: 'MAURA TELLIGAN', phone: '+15755550183' },
] as const;

export const PAYEES = ['ILDA MORVANE', 'TEODOR BRASK', 'NUNO ALVERGAST'] as const;

/** How clerks typed the sender: the number is steadier than the name. */
export const NAME_AS_TYPED = ['ORRIN TALVANE', 'ORRIN V TALVANE', 'ORIN TALVAINE', 'O TALVANE'] as const;

/** Someone in the same town who sometimes uses the account from a phone of their own. */
export const ASSOCIATE_PHONE = '+15755550117';

/** Numbers the sender calls, the busiest first; the first is rung around transfers. */
export const COUNTERPARTS = ['+15755550161', '+15755550162', '+15755550163', '+15755550164', '+15755550165',
  '+15755550166', '+15755550167', '+15755550168'] as const; // biome-ignore format: two lines

export const HOME_LINE = { ip: '203.0.113.86', ipv6: '2001:db8:a:86:51ff:fe3a:20:9', prefix: '203.0.113.80/28' };
export const SECOND_LINE = { ip: '203.0.113.201', prefix: '203.0.113.200/29' };
/** The addresses the carrier's gateway shares out, and its IPv6 network. */
export const GATEWAY = ['198.51.100.17', '198.51.100.18', '198.51.100.41', '198.51.100.66'] as const;
export const MOBILE_IPV6 = '2001:db8:b:4042';
export const VPN_EXITS = ['192.0.2.14', '192.0.2.77', '192.0.2.131'] as const;
/** Long before: where the account was opened. */
export const REGISTRATION_IP = '203.0.113.19';

export const BANK = {
  id: '999000042',
  checking: '4200170042',
  savings: '4200170059',
  name: 'DESERT LANTERN BANK',
} as const;
