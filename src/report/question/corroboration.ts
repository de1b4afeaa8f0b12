/** Logins beside leases: what fits one line, what fits several, what fits none, and what cannot be told. */
import type { Finding } from '../../analysis/finding.ts';
import type { Block } from '../../document/document.ts';
import { grouped } from '../../document/visible.ts';

type Row = {
  began: string;
  ip: string;
  port: number | null;
  answer: string;
  subscriber: string | null;
  marginSeconds: number | null;
  words: string;
};
type Result = {
  counts: { one: number; several: number; none: number; cannotTell: number };
  reasons: { answer: string; words: string; logins: number }[];
  strongest: Row[];
  absences: Row[];
};

export function corroborationDrawn(finding: Finding): Block[] {
  const { counts, reasons = [], strongest = [], absences = [] } = finding.result as unknown as Result;
  return [
    {
      kind: 'table',
      caption: 'Answers for every login with an address',
      columns: [
        { title: 'One subscriber', align: 'right' },
        { title: 'Several', align: 'right' },
        { title: 'No lease fits', align: 'right' },
        { title: 'Cannot tell', align: 'right' },
      ],
      rows: [[counts.one, counts.several, counts.none, counts.cannotTell].map(grouped)],
    },
    {
      kind: 'table',
      caption: 'Why',
      columns: [{ title: 'Answer' }, { title: 'Reason' }, { title: 'Logins', align: 'right' }],
      rows: reasons.map((one) => [one.answer, one.words, grouped(one.logins)]),
    },
    ...rows('Logins that fit one lease with the most room on either side', strongest),
    ...rows('Logins that fit no lease although the log speaks of their address and time: they count against', absences),
  ];
}

function rows(caption: string, list: Row[]): Block[] {
  if (list.length === 0) return [{ kind: 'paragraph', text: `${caption}: none.` }];
  return [
    {
      kind: 'table',
      caption,
      columns: [
        { title: 'Login, UTC', mono: true },
        { title: 'Address', mono: true },
        { title: 'Port', align: 'right', mono: true },
        { title: 'Subscriber', mono: true },
        { title: 'Room, s', align: 'right' },
        { title: 'In words' },
      ],
      rows: list.map((one) => [
        one.began,
        one.ip,
        one.port === null ? 'unknown' : String(one.port),
        one.subscriber ?? '—',
        one.marginSeconds === null ? '—' : grouped(one.marginSeconds),
        one.words,
      ]),
    },
  ];
}
