/** What the provider of the golden cases holds: four invented accounts, their sessions, message headers, messages and places. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SELLER = '100000000000042';
const CRITIC = '100000000000043';
export const SPANIARD = '100000000000044';
export const NEIGHBOUR = '100000000000045';
const ACCOUNTS = [SELLER, CRITIC, SPANIARD, NEIGHBOUR];

type Table = { header: string[]; rows: string[][] };
type TableName = 'profiles' | 'services' | 'sessions' | 'headers' | 'messages' | 'places' | 'accounts' | 'addresses';

/** One row every `everyHours` hours for each account in turn, from New Year 2026 until after the summer. */
function over(everyHours: number, row: (account: string, at: string, number: number) => string[]): string[][] {
  const rows: string[][] = [];
  for (let hour = 0, number = 0; hour < 9 * 30 * 24; hour += everyHours, number++) {
    const at = new Date(Date.parse('2026-01-01T00:20:00Z') + hour * 3_600_000).toISOString();
    const account = ACCOUNTS[number % ACCOUNTS.length]!;
    rows.push(row(account, at, number));
  }
  return rows;
}

const TABLES: Record<TableName, Table> = {
  profiles: {
    header: ['account', 'name', 'value'],
    rows: ACCOUNTS.flatMap((account, index) => [
      [account, 'display name', ['Sunny Goods', 'River Watch', 'Alma', 'Neighbour'][index]!],
      [account, 'e-mail', ['ann', 'river', 'alma', 'captor'][index]!.concat('@mail.example')],
    ]),
  },
  services: {
    header: ['account', 'name', 'value'],
    rows: ACCOUNTS.map((account) => [account, 'member since', '2019-05-04']),
  },
  sessions: {
    header: ['id', 'account', 'at', 'action', 'ip', 'port'],
    rows: over(9, (account, at, number) => [`s${number}`, account, at, 'login', `203.0.113.${number % 250}`, `${40_000 + number}`]),
  },
  headers: {
    header: ['id', 'account', 'at', 'counterpart', 'direction', 'subject'],
    rows: over(16, (account, at, number) => [`h${number}`, account, at, `buyer${number % 7}@mail.example`, 'sent', `About offer ${number}`]),
  },
  messages: {
    header: ['id', 'account', 'at', 'counterpart', 'text'],
    rows: over(16, (account, at, number) => [`m${number}`, account, at, `buyer${number % 7}@mail.example`, `Text of message ${number}`]),
  },
  places: {
    header: ['id', 'account', 'at', 'latitude', 'longitude'],
    rows: over(20, (account, at, number) => [`p${number}`, account, at, '35.0844', `-106.${6000 + number}`]),
  },
  accounts: {
    header: ['account', 'handle', 'email'],
    rows: ACCOUNTS.map((account, index) => [
      account,
      ['sunny.goods', 'river.watch', 'alma.es', 'neighbour'][index]!,
      ['ann', 'river', 'alma', 'captor'][index]!.concat('@mail.example'),
    ]),
  },
  addresses: {
    header: ['ip', 'account', 'began', 'ended'],
    rows: [
      ['203.0.113.7', NEIGHBOUR, '2026-03-04T00:00:00Z', '2026-03-04T20:00:00Z'],
      ['203.0.113.7', SELLER, '2026-03-04T20:00:00Z', '2026-03-06T00:00:00Z'],
    ],
  },
}; // biome-ignore format: one line a row

/** When the rows of one account were with `from ≤ at < to`, read from the table itself and by no code of the program. */
export function timesOf(table: TableName, account: string, from: string, to: string): string[] {
  const { header, rows } = TABLES[table];
  const [whose, when] = [header.indexOf('account'), header.indexOf('at')];
  return rows
    .filter((row) => row[whose] === account)
    .map((row) => row[when]!)
    .filter((at) => Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(to));
}

/** How many they are; of a table without times, all of the account. */
export function rowsOf(table: TableName, account: string, from?: string, to?: string): number {
  const { header, rows } = TABLES[table];
  if (from !== undefined && to !== undefined) return timesOf(table, account, from, to).length;
  return rows.filter((row) => row[header.indexOf('account')] === account).length;
}

const OF_ACCOUNT = { identifiers: [{ column: 'account', type: 'account-id' }] };
const AT = { time: { began: 'at', type: 'instant', precision: 'second' } };
const BUYER = { mentions: [{ column: 'counterpart', type: 'email' }] };

/** As `source.json` declares them. */
const DECLARED = {
  name: 'social',
  engine: 'duckdb',
  folder: 'tables',
  tables: [
    { files: 'profiles.csv', kind: 'fact', category: 'DC-01', state: true, ...OF_ACCOUNT, columns: { name: 'name', value: 'value' } },
    { files: 'services.csv', kind: 'fact', category: 'DC-03', state: true, ...OF_ACCOUNT, columns: { name: 'name', value: 'value' } },
    { files: 'sessions.csv', kind: 'session', category: 'DC-02', ...OF_ACCOUNT, ...AT, columns: { action: 'action', ip: 'ip', port: 'port' }, raw: ['id'] },
    { files: 'headers.csv', kind: 'contact', category: 'DC-06', ...OF_ACCOUNT, ...AT, ...BUYER, columns: { counterpart: 'counterpart', direction: 'direction' }, parts: [{ category: 'DC-12', columns: ['subject'] }], raw: ['id', 'subject'] },
    { files: 'messages.csv', kind: 'contact', category: 'DC-12', ...OF_ACCOUNT, ...AT, ...BUYER, columns: { counterpart: 'counterpart' }, raw: ['id', 'text'] },
    { files: 'places.csv', kind: 'place', category: 'DC-11', ...OF_ACCOUNT, ...AT, columns: { latitude: 'latitude', longitude: 'longitude' }, raw: ['id'] },
  ],
  accounts: [
    { files: 'accounts.csv', identifiers: [{ column: 'account', type: 'account-id' }, { column: 'handle', type: 'handle' }, { column: 'email', type: 'email' }], account: { column: 'account', type: 'account-id' } },
    { files: 'addresses.csv', identifiers: [{ column: 'ip', type: 'ip' }], account: { column: 'account', type: 'account-id' }, from: 'began', to: 'ended', type: 'instant' },
  ],
}; // biome-ignore format: one line a table

/** Writes the tables and their declaration below `folder`; where the declaration is. */
export function writeTables(folder: string): string {
  mkdirSync(join(folder, 'tables'));
  for (const [name, { header, rows }] of Object.entries(TABLES)) {
    writeFileSync(join(folder, 'tables', `${name}.csv`), [header, ...rows].map((row) => `${row.join(',')}\n`).join(''));
  }
  const declaration = join(folder, 'source.json');
  writeFileSync(declaration, JSON.stringify(DECLARED));
  return declaration;
}
