/** WhatsApp's logs of messages and calls: who, whom, when, from which address. They hold no content. */
import type { Identifier } from '../../record/identifier.ts';
import type { KindValues, Mention } from '../../record/record.ts';
import { type Account, accountsIn, isSubject } from './account.ts';
import { draft, endpointIn, field, mentioned, nameOf, type Outcome, timeIn } from './drafts.ts';
import type { Row } from './rows.ts';
import type { Section } from './section.ts';

export const WHATSAPP_LOGS: Record<string, Section> = {
  message_log: {
    category: 'DC-06',
    labels: [
      'Message', 'Timestamp', 'Message Id', 'Sender', 'Recipients', 'Group Id', 'Sender Ip', 'Sender Port', 'Sender Device',
      'Type', 'Message Style', 'Message Size',
    ], // biome-ignore format: a list
    reads: { rows: { opens: ['Message', 'Timestamp'], once: 'all' } },
    draft: (row, account) =>
      contact(row, account, {
        values: { medium: 'message', action: field(row, 'type'), device: field(row, 'senderdevice') },
        from: 'sender',
        to: 'recipients',
        addresses: ['senderip'],
        ports: ['senderport'],
        named: ['sender', 'recipients'],
      }),
  },
  call_logs: {
    category: 'DC-06',
    labels: [
      'Call', 'Call Id', 'Call Creator', 'Events', 'Type', 'Timestamp', 'From', 'To', 'From Ip', 'From Port', 'Media Type',
      'Participants', 'Phone Number', 'State', 'Platform',
    ], // biome-ignore format: a list
    reads: {
      rows: {
        opens: ['Type'],
        once: ['Type', 'Timestamp', 'From', 'To', 'From Ip', 'From Port', 'Media Type'],
        above: ['Call', 'Call Id', 'Call Creator'],
        deeperBelongs: true,
      },
    },
    draft: (row, account) =>
      contact(row, account, {
        values: { medium: 'call', action: field(row, 'type') },
        from: 'from',
        to: 'to',
        addresses: ['fromip'],
        ports: ['fromport'],
        named: ['from', 'to', 'callcreator', 'phonenumber'],
      }),
  },
};

type Shape = { values: KindValues; from: string; to: string; addresses: string[]; ports: string[]; named: string[] };

function contact(row: Row, ofRecord: Account, shape: Shape): Outcome {
  const account: Account = { ...ofRecord, service: 'whatsapp' };
  const time = timeIn(row, account, ['timestamp', 'time']);
  if (typeof time === 'string') return time;
  const endpoint = endpointIn(row, shape.addresses, shape.ports);
  if (typeof endpoint === 'string' && endpoint !== 'none') return endpoint;
  const { ip, port } = typeof endpoint === 'string' ? {} : endpoint;
  const [senders, receivers] = [named(row, shape.from, account), named(row, shape.to, account)];
  const sentByAccount = senders.some((who) => isSubject(who, account));
  const known = senders.length > 0 && account.subjects.length > 0;
  const facing = sentByAccount ? shape.to : shape.from;
  const possible = known ? (sentByAccount ? receivers : senders).filter((who) => !isSubject(who, account)) : [];
  const counterpart = possible.length === 1 ? possible[0]! : undefined;
  const mentions = mentioned(row, account, shape.named);
  if (counterpart) nameColumn(mentions, nameOf(row, facing), counterpart);
  if (ip !== undefined && !sentByAccount) mentions.push(addressOfOther(row, shape, ip));
  const direction = known ? (sentByAccount ? 'outbound' : 'inbound') : undefined;
  const values = { ...shape.values, direction, counterpart: counterpart?.value, ip, port };
  return draft('contact', 'DC-06', account, time, values, row, mentions);
}

function named(row: Row, label: string, account: Account): Identifier[] {
  return accountsIn(field(row, label) ?? '', account.service);
}

function nameColumn(mentions: Mention[], name: string, who: Identifier): void {
  const found = mentions.find((mention) => mention.fields[0] === name && mention.who.value === who.value);
  if (found) found.column = 'counterpart';
}

/** The address the other side sent from is theirs, not the account's. */
function addressOfOther(row: Row, shape: Shape, ip: string): Mention {
  return {
    column: 'ip',
    who: { type: 'ip', value: ip, text: field(row, ...shape.addresses)! },
    fields: [nameOf(row, ...shape.addresses)],
  };
}
