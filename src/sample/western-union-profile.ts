/**
 * The mapping profile an examiner would write for the money-transfer workbook of the sample.
 *
 * The send zone and the pay zone stand in the rows themselves; the sender's number, not the name a clerk typed, says whose
 * record a row is. Where an agent stands belongs to the transaction (DC-08): it is no location of a device.
 */
export const WESTERN_UNION_PROFILE = {
  profile: 'western-union-workbook',
  title: 'Western Union transaction search (sample matter)',
  note: 'Send times are local to the counter, pay times local to the payee; each row names both zones.',
  format: 'table',
  sheet: 'Transactions',
  headerRow: ['MTCN', 'Send Date Time', 'Sender Phone'],
  kind: 'transfer',
  category: 'DC-08',
  placeCategory: 'DC-08',
  placeKind: 'agent',
  decimal: 'point',
  columns: {
    MTCN: { role: 'reference' },
    Status: { role: 'status', means: { PAID: 'paid', REFUNDED: 'refunded', PENDING: 'pending' } },
    'Send Date Time': { role: 'time', time: 'MM/DD/YYYY h:mm:ss A' },
    'Send Time Zone': { role: 'zone' },
    'Sender Phone': { role: ['sender-detail', 'subject'], type: 'phone' },
    'Sender Name': { role: 'sender', type: 'name' },
    'Payee Name': { role: 'receiver', type: 'name' },
    'Principal Amount': { role: 'amount' },
    Currency: { role: 'currency' },
    Fee: { role: 'keep' },
    'Send Agent ID': { role: 'keep' },
    'Send Agent Name': { role: 'sent-agent' },
    'Send Agent Location': { role: 'sent-place' },
    'Send Agent Latitude': { role: 'latitude' },
    'Send Agent Longitude': { role: 'longitude' },
    'Pay Date Time': { role: 'paid-time', time: 'MM/DD/YYYY h:mm:ss A' },
    'Pay Time Zone': { role: 'paid-zone' },
    'Pay Agent': { role: 'paid-agent' },
    'Pay Agent Location': { role: 'paid-place' },
  },
} as const;
