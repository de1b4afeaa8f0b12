/**
 * The bank's answer as OFX 1.x: the account the subpoena names, and the savings account beside it that it does not.
 *
 * Cash comes in as deposits in the days before a transfer and goes out of a machine shortly before it.
 */
import { BANK } from './cast.ts';
import { chance } from './chance.ts';
import { daysFrom, LOCAL_ZONE, localTime, type Seconds, secondsFrom, two, wallClock } from './clock.ts';
import type { Transfer } from './transfers.ts';

type BankEntry = {
  at: Seconds;
  type: 'ATM' | 'DEP' | 'POS' | 'INT' /** Signed decimal text. */;
  amount: string;
  /** What the booking was, as the bank prints it; it names nobody. */
  memo: string;
};
export type BankAccount = { id: string; type: 'CHECKING' | 'SAVINGS'; entries: BankEntry[] };

/** What the file says it covers: a fortnight around the ordered dates. */
const BANK_RECORDED = {
  began: secondsFrom('2017-01-25T00:00:00-07:00'),
  ended: secondsFrom('2017-04-08T00:00:00-06:00'),
};

export function accountsOf(seed: number, transfers: Transfer[]): BankAccount[] {
  const draw = chance(seed, 'bank');
  const entries = transfers.flatMap(({ sent, amount }): BankEntry[] => {
    const cash = Math.ceil((Number(amount) + 20) / 20) * 20;
    const dayBefore = wallClock(sent, LOCAL_ZONE)
      .toPlainDate()
      .subtract({ days: draw.whole(1, 2) });
    const deposit = localTime(dayBefore, draw.between(9, 17));
    return [
      { at: deposit, type: 'DEP', amount: `${cash + draw.whole(2, 9) * 10}.00`, memo: 'COUNTER DEPOSIT' },
      {
        at: sent - Math.round(draw.between(25, 100) * 60),
        type: 'ATM',
        amount: `-${cash}.00`,
        memo: 'CASH WITHDRAWAL',
      },
    ];
  });
  const shopping = daysFrom('2017-01-26', '2017-04-07').filter(() => draw.happens(0.22));
  for (const day of shopping) {
    const at = localTime(day, draw.between(9, 20));
    entries.push({ at, type: 'POS', amount: `-${draw.whole(6, 88)}.${two(draw.whole(0, 99))}`, memo: 'CARD PURCHASE' });
  }
  const interest = ['2017-01-31', '2017-02-28', '2017-03-31'].map((day): BankEntry => {
    const at = localTime(Temporal.PlainDate.from(day), 23);
    return { at, type: 'INT', amount: `0.${two(draw.whole(11, 48))}`, memo: 'INTEREST' };
  });
  return [
    { id: BANK.checking, type: 'CHECKING', entries: entries.sort((a, b) => a.at - b.at) },
    { id: BANK.savings, type: 'SAVINGS', entries: interest },
  ];
}

export function ofx(accounts: BankAccount[]): string {
  const headers = ['OFXHEADER:100', 'DATA:OFXSGML', 'VERSION:102', 'SECURITY:NONE', 'ENCODING:USASCII', 'CHARSET:1252', 'COMPRESSION:NONE',
    'OLDFILEUID:NONE', 'NEWFILEUID:NONE', '']; // biome-ignore format: as stored
  const signOn = ['<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>',
    `<DTSERVER>${ofxTime(secondsFrom('2017-04-20T16:00:00Z'))}<LANGUAGE>ENG<FI><ORG>${BANK.name}<FID>9042</FI></SONRS></SIGNONMSGSRSV1>`]; // biome-ignore format: as stored
  const statements = accounts.flatMap(statement);
  const body = ['<OFX>', ...signOn, '<BANKMSGSRSV1>', ...statements, '</BANKMSGSRSV1>', '</OFX>', ''];
  return [...headers, ...body].join('\r\n');
}

function statement({ id, type, entries }: BankAccount, n: number): string[] {
  const balance = entries.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 250_000);
  return [
    `<STMTTRNRS><TRNUID>${n + 1}<STATUS><CODE>0<SEVERITY>INFO</STATUS>`,
    '<STMTRS><CURDEF>USD',
    `<BANKACCTFROM><BANKID>${BANK.id}<ACCTID>${id}<ACCTTYPE>${type}</BANKACCTFROM>`,
    `<BANKTRANLIST><DTSTART>${ofxTime(BANK_RECORDED.began)}<DTEND>${ofxTime(BANK_RECORDED.ended - 1)}`,
    ...entries.map(
      (entry, row) =>
        `<STMTTRN><TRNTYPE>${entry.type}<DTPOSTED>${ofxTime(entry.at)}<TRNAMT>${entry.amount}<FITID>${type[0]}${row + 1}<MEMO>${entry.memo}</STMTTRN>`,
    ),
    '</BANKTRANLIST>',
    `<LEDGERBAL><BALAMT>${Math.floor(balance / 100)}.${two(Math.abs(balance) % 100)}<DTASOF>${ofxTime(BANK_RECORDED.ended - 1)}</LEDGERBAL>`,
    '</STMTRS></STMTTRNRS>',
  ];
}

/** `20170304120000.000[-7:MST]`: local time with the offset the bank states. */
export function ofxTime(at: Seconds): string {
  const local = wallClock(at, LOCAL_ZONE);
  const hours = local.offsetNanoseconds / 3_600_000_000_000;
  const { year, month, day, hour, minute, second } = local;
  return `${year}${two(month)}${two(day)}${two(hour)}${two(minute)}${two(second)}.000[${hours}:${hours === -6 ? 'MDT' : 'MST'}]`;
}
