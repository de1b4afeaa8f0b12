/** The first records in the order of their times, each with its source and how exactly it is known. */
import { textFrom } from '../../base/interval.ts';
import type { Scoped, Value } from '../../store/scoped.ts';
import { type Chosen, IMPRECISE, placedSql } from './chosen.ts';
import { type Described, WORDED, wordsFor } from './words.ts';

type Entry = {
  id: string;
  began: string;
  /** End of a span; of an imprecise record the end of all it can mean. */
  ended: string | null;
  kind: string;
  source: { return: string; file: string; locator: string; format: string };
  account: string | null;
  precision: string;
  zoneBasis: string;
  timeAsStored: string;
  words: string;
};

/** `imprecise` chooses those known to a day or a month, which have no place among the others. */
export async function entries(scoped: Scoped, chosen: Chosen, limit: number, imprecise = false): Promise<Entry[]> {
  const rows = await scoped.rows<Record<string, Value>>(
    `select id, began, ended, "return", file, locator, format, account, precision, zone_basis, time_as_stored, ${WORDED.join(', ')}
     from records where ${placedSql(chosen)} and ${imprecise ? IMPRECISE : `not coalesce(${IMPRECISE}, false)`}
     order by began, "return", file, length(locator), locator, id limit ${limit}`,
  );
  return rows.map((row) => ({
    id: String(row.id),
    began: textFrom(row.began as bigint),
    ended: row.ended === null ? null : textFrom(row.ended as bigint),
    kind: String(row.kind),
    source: { return: text(row.return), file: text(row.file), locator: text(row.locator), format: text(row.format) },
    account: row.account as string | null,
    precision: text(row.precision, 'none'),
    zoneBasis: text(row.zone_basis, 'unknown'),
    timeAsStored: text(row.time_as_stored),
    words: wordsFor(row as Described),
  }));
}

function text(value: Value | undefined, otherwise = ''): string {
  return value === null || value === undefined ? otherwise : String(value);
}
