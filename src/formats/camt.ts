/**
 * Bank statements, reports and notifications in ISO 20022: camt.053, camt.052, camt.054, every version of `.001`.
 *
 * Read as a stream, one entry at a time. Statements in one message stay apart.
 */
import { accountFact, accountSubjects, balanceFact, transfers } from './bank/camt-booking.ts';
import { type CamtFields, type CamtStatement, camtParts } from './bank/camt-parts.ts';
import { format, type ReadContext, type Reading, type Stated } from './format.ts';
import { readIso } from './reading/times.ts';

export default format({
  title: 'Bank statement, report or notification (ISO 20022 camt.052, 053, 054)',
  support: 'documented',
  sources: ['ISO 20022 message definitions camt.052.001, camt.053.001, camt.054.001'],
  limits:
    'BookgDt is a day of the bank, not the time of an act. Transactions of a batch without amounts of their own have ' +
    'none. In a reversal the named parties are those of the original payment. The file carries no signature and can ' +
    'be edited.',
  kinds: ['transfer', 'fact'],
  recognise: ({ text }) =>
    /^\s*</.test(text) && /\sxmlns(:[\w.-]+)?\s*=\s*["'][^"'<>]*camt\.05[234]\.001\.\d\d/.test(text)
      ? 'camt namespace'
      : null,

  async *read(file, context): AsyncIterable<Reading> {
    let header: CamtFields = {};
    let told = '';
    for await (const part of camtParts(file)) {
      if (part.part === 'header') {
        header = part.fields;
        continue;
      }
      if (part.part === 'unreadable') {
        yield { unreadable: part.why, locator: part.locator };
        continue;
      }
      if (told !== part.statement.locator) {
        told = part.statement.locator;
        yield { stated: statedBy(header, part.statement, context) };
      }
      if (part.part === 'statement') yield { record: accountFact(part.statement), locator: part.locator };
      else if (part.part === 'balance') {
        yield at(part.locator, balanceFact(part.statement, part.fields, context.zone));
      } else {
        for (const { locator, read } of transfers(part, context.zone)) yield at(locator, read);
      }
    }
  },
});

/** The range is `FrToDt`; a time in it without a zone is kept as text only. */
function statedBy(header: CamtFields, statement: CamtStatement, { zone }: ReadContext): Stated {
  const { fields } = statement;
  const from = readIso(fields['FrToDt/FrDtTm'] ?? fields['FrToDt/FrDt'] ?? '', zone);
  const to = readIso(fields['FrToDt/ToDtTm'] ?? fields['FrToDt/ToDt'] ?? '', zone);
  const generated = readIso(fields.CreDtTm ?? header.CreDtTm ?? '', zone);
  const told = Object.entries(header).map(([key, value]) => [`GrpHdr/${key}`, value]);
  return {
    targets: accountSubjects(statement),
    began: from?.began ?? null,
    ended: to?.ended ?? to?.began ?? null,
    ...([from, to].some((stamp) => stamp?.precision === 'day' && stamp.zoneBasis === 'unknown')
      ? { days: true as const }
      : {}),
    generated: generated?.precision === 'day' ? null : (generated?.began ?? null),
    fields: { ...Object.fromEntries(told), ...fields },
  };
}

function at(locator: string, read: ReturnType<typeof balanceFact>): Reading {
  return 'unreadable' in read ? { ...read, locator } : { record: read, locator };
}
