/** Categories about where and with what the account was used: addresses, logins, devices, connections, last place. */
import type { Account } from './account.ts';
import { draft, fact, field, mentioned, nameOf, type Outcome, session, timeIn } from './drafts.ts';
import { put, type Row } from './rows.ts';
import type { Section } from './section.ts';
import { readEndpoint, readTime, timeOf } from './values.ts';

const ADDRESS_LABELS = ['IP Address', 'Time', 'Action', 'Port', 'User Agent'];

const DEVICE_LABELS = [
  'Device Id', 'Service start', 'Device Type', 'App Version', 'Device OS Build Number', 'Connection State', 'Last seen',
  'Last IP',
]; // biome-ignore format: a list

export const SESSIONS: Record<string, Section> = {
  ip_addresses: {
    category: 'DC-02',
    labels: ADDRESS_LABELS,
    reads: 'addresses',
    draft: (row, account) => session(row, account, undefined),
  },
  logins: {
    category: 'DC-02',
    labels: ADDRESS_LABELS,
    reads: 'addresses',
    draft: (row, account) => session(row, account, 'login'),
  },
  prospective_login_ips: {
    category: 'DC-02',
    labels: ['Timestamp', 'IP Address', 'Port'],
    reads: { rows: { opens: ['Timestamp'], once: 'all' } },
    draft: (row, account) => session(row, account, 'prospective login'),
  },
  registration_ip: {
    category: 'DC-02',
    labels: ['Registration Ip', 'Ip Address', 'Time'],
    reads: { rows: { opens: [], once: 'all' } },
    needs: 'registration date',
    draft: registration,
  },
  devices: {
    category: 'DC-05',
    labels: ['Type', 'Id', 'Active', 'User'],
    reads: { rows: { opens: ['Type'], once: 'all' } },
    draft: (row, account) => device(row, account, field(row, 'id', 'deviceid') ?? field(row, 'type')),
  },
  connection_info: connection(),
  web_info: connection(),
  device_info: connection(),
  last_location: {
    category: 'DC-11',
    labels: ['Time', 'Latitude', 'Longitude'],
    reads: { rows: { opens: ['Time'], once: 'all' } },
    draft: lastLocation,
  },
};

/** The registration's own time is in another section; it is the same event by the provider's naming. */
function registration(row: Row, account: Account, notes: Map<string, string>): Outcome {
  const made = session(row, account, 'registration');
  const date = notes.get('registration date');
  if (typeof made === 'string' || made.timeAsStored !== '' || date === undefined) return made;
  const stamp = readTime(date, account.zone);
  if (!stamp || stamp.began === null) return made;
  put(row, 'Registration Date', date);
  return draft('session', 'DC-02', account, timeOf(stamp), made.values, row);
}

/** A connection with an address and a time is a session; what it tells of the device is a part of its own category. */
function connection(): Section {
  return {
    category: 'DC-05',
    labels: DEVICE_LABELS,
    reads: { rows: { opens: ['Device Id'], once: 'all' } },
    draft(row, account) {
      const [ip, seen] = [field(row, 'lastip'), field(row, 'lastseen')];
      const stamp = readTime(seen ?? '', account.zone);
      if (ip === undefined || seen === undefined || stamp?.began == null) {
        return ip !== undefined && !readEndpoint(ip)
          ? 'IP address not readable'
          : device(row, account, field(row, 'devicetype', 'deviceid'));
      }
      const made = session(row, account, 'last seen');
      if (typeof made === 'string') return made;
      const fields = Object.keys(row.raw).filter(
        (name) => !['lastip', 'lastseen'].some((own) => nameOf(row, own) === name),
      );
      return fields.length === 0
        ? made
        : { ...made, ...timeOf(stamp), parts: [{ category: 'DC-05', columns: ['device'], fields }] };
    },
  };
}

function device(row: Row, account: Account, value: string | undefined): Outcome {
  return fact('DC-05', 'device', value, row, account, mentioned(row, account, ['user']));
}

function lastLocation(row: Row, account: Account): Outcome {
  const time = timeIn(row, account);
  if (typeof time === 'string') return time;
  const [latitude, longitude] = [degrees(field(row, 'latitude'), 90), degrees(field(row, 'longitude'), 180)];
  if (latitude === null || longitude === null) return 'coordinates not readable';
  return draft('place', 'DC-11', account, time, { latitude, longitude, place_kind: 'device fix' }, row);
}

function degrees(text: string | undefined, most: number): number | null {
  if (text === undefined || !/^-?\d{1,3}(\.\d+)?$/.test(text.trim())) return null;
  return Math.abs(Number(text)) <= most ? Number(text) : null;
}
