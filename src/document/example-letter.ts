/** An invented letter with every kind of block, for tests and for a look at the layout. */
import { barChart } from './bar-chart.ts';
import type { Letter } from './letter.ts';

export function exampleLetter(changes: Partial<Letter> = {}): Letter {
  return {
    from: {
      name: 'Northgate Social, Legal Response',
      lines: ['100 Example Plaza', 'Dublin 2'],
      contact: ['legal-response@northgate.example', '+353 1 555 0100'],
    },
    to: {
      name: 'Doña Ana County Sheriff',
      lines: ['Detective A. Sample', '200 Example Street'],
      contact: ['detective@sheriff.example'],
    },
    day: '2026-09-04',
    references: [
      { term: 'Our reference', value: 'R-2026-000142' },
      { term: 'Your reference', value: 'Case 26-0001042' },
    ],
    subject: 'Your subpoena of 3 September 2026',
    salutation: 'Dear Detective Sample,',
    blocks: [
      { kind: 'paragraph', text: 'We have read your subpoena item by item. This is what we can and cannot produce.' },
      { kind: 'heading', level: 3, text: 'What we need from you' },
      {
        kind: 'list',
        ordered: true,
        items: ['The time zone of the connection you describe.', 'The port: many subscribers share the address.'],
      },
      { kind: 'facts', facts: [{ term: 'Answer due', value: 'the end of Monday 2026-09-14 (24:00 Europe/Dublin)' }] },
      {
        kind: 'table',
        caption: 'Decision by item',
        columns: [{ title: 'Item', align: 'right' }, { title: 'Target', mono: true }, { title: 'Decision' }],
        rows: [
          ['1', '203.0.113.9', 'held until cured'],
          ['2', 'user.one', 'rejected: content needs a warrant'],
        ],
        note: 'A rejected item may be served again on other process.',
      },
      { kind: 'note', tone: 'warning', title: 'Preserved meanwhile', texts: ['Nothing is deleted while you answer.'] },
      {
        kind: 'figure',
        ...barChart({
          id: 'rows-by-item',
          caption: 'Rows found for each item',
          bar: 'item',
          counted: 'rows',
          parts: ['inside', 'outside'],
          bars: [
            { name: 'item 1', values: [1204, 31] },
            { name: 'item 2', values: [0, null] },
          ],
        }),
      },
      { kind: 'code', text: 'fourcorners verify production.zip\nfourcorners ledger show' },
    ],
    closing: 'Yours sincerely,',
    signature: { name: 'Aoife Sample', title: 'Custodian of records' },
    enclosures: ['The subpoena as received', 'How to serve us'],
    footer: 'Northgate Social Example Limited. If this reached you by mistake, tell us and delete it.',
    paper: 'a4',
    ...changes,
  };
}
