/**
 * The money-transfer company's workbook.
 *
 * No layout of the company is public (formats, section 9): the columns are ours, the facts in them are those known to
 * exist. Send times are local to the counter, pay times local to the payee, each with its zone in a column of its own.
 */
import { ORDERED } from './cast.ts';
import { chance } from './chance.ts';
import { isoUtc, LOCAL_ZONE, PAY_ZONE, time12, usDate } from './clock.ts';
import type { Transfer } from './transfers.ts';
import { type Cell, workbook } from './workbook.ts';

const COLUMNS = ['MTCN', 'Status', 'Send Date Time', 'Send Time Zone', 'Sender Phone', 'Sender Name', 'Payee Name', 'Principal Amount',
  'Currency', 'Fee', 'Send Agent ID', 'Send Agent Name', 'Send Agent Location', 'Send Agent Latitude', 'Send Agent Longitude',
  'Pay Date Time', 'Pay Time Zone', 'Pay Agent', 'Pay Agent Location'] as const; // biome-ignore format: as stored

const PAY_AGENTS = [
  ['CASA FAROL CAMBIOS', 'RUA INVENTADA 8, SETUBAL, PORTUGAL'],
  ['QUIOSQUE DA BARRA', 'LARGO IMAGINARIO 3, FARO, PORTUGAL'],
] as const;

export function transferWorkbook(seed: number, transfers: Transfer[]): Uint8Array {
  const draw = chance(seed, 'pay agents');
  const banner: Cell[][] = [
    ['Transaction search result'],
    [
      `Prepared ${isoUtc(ORDERED.ended + 18 * 86_400).slice(0, 10)}; exact matches of sender telephone number and of payees found`,
    ],
    [],
  ];
  const rows = transfers.map((transfer): Cell[] => {
    const { agent, sent, paid } = transfer;
    const [payAgent, payPlace] = draw.pick(PAY_AGENTS);
    const location = `${agent.street}, ${agent.town}, NM ${agent.zip}`;
    return [
      transfer.reference, 'PAID', `${usDate(sent, LOCAL_ZONE)} ${time12(sent, LOCAL_ZONE)}`, LOCAL_ZONE,
      transfer.senderPhone, transfer.senderName, transfer.payee, transfer.amount, 'USD', transfer.fee,
      agent.id, agent.name, location, agent.listed.latitude, agent.listed.longitude,
      `${usDate(paid, PAY_ZONE)} ${time12(paid, PAY_ZONE)}`, PAY_ZONE, payAgent, payPlace,
    ]; // biome-ignore format: one row
  });
  return workbook([{ name: 'Transactions', rows: [...banner, [...COLUMNS], ...rows] }]);
}
