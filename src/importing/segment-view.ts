/**
 * What the store does not keep of a bulk row because it follows from what it keeps: the source fields, locator, account.
 *
 * A row is in a bulk segment only when its text can be written again, letter by letter, from its typed values. The SQL here
 * reads the same on staged rows and on stored ones.
 */
import type { BulkTable } from '../formats/reading/bulk.ts';
import { named, quoted } from '../store/engine.ts';
import type { SegmentView } from '../store/segments.ts';
import type { ContentKey } from './parts.ts';

export function segmentView(bulk: BulkTable, file: string, format: string, key: ContentKey): SegmentView {
  const fields = bulk.columns.map((column) => `${quoted(column)}, ${sourceSql(bulk, column)}`).join(', ');
  return {
    columns: {
      file: quoted(file),
      locator: "'row ' || source_row",
      format: quoted(format),
      kind: quoted(bulk.kind),
      category: quoted(bulk.category),
      item: 'item',
      account: named('subject 0'),
      account_type: quoted(bulk.subjects[0]!.type),
      began: 'began',
      ended: 'ended',
      precision: quoted('second'),
      time_as_stored: bulk.timeColumns.map((column) => sourceSql(bulk, column)).join(" || ' / ' || "),
      zone_basis: quoted('stated'),
      raw: `json_object(${fields})::varchar`,
      content: contentSql(bulk, format, key),
      ...Object.fromEntries(
        Object.entries(bulk.sql.values).map(([name, sql]) => [name, subjectColumn(bulk, sql) ?? named(name)]),
      ),
    },
  };
}

/** The column of a subject when that is all a value is; such values are not stored twice. */
export function subjectColumn(bulk: BulkTable, sql: string): string | null {
  const index = bulk.subjects.findIndex(({ column }) => sql === named(column));
  return index < 0 ? null : named(`subject ${index}`);
}

/** The kind's own columns that are stored: those that are more than a subject. */
export function storedValues(bulk: BulkTable): [string, string][] {
  return Object.entries(bulk.sql.values).filter(([, sql]) => subjectColumn(bulk, sql) === null);
}

function sourceSql(bulk: BulkTable, column: string): string {
  return subjectColumn(bulk, named(column)) ?? bulk.sql.restore[column]!;
}

/** The content digest of a row; equals `contentOf` of the same row. */
export function contentSql(bulk: BulkTable, format: string, key: ContentKey): string {
  const subjects = bulk.subjects.map(({ type }, index) => `${quoted(type)} || chr(3) || ${named(`subject ${index}`)}`);
  const fields = [...bulk.columns].sort().map((column) => `${quoted(column)} || chr(3) || ${sourceSql(bulk, column)}`);
  return `left(sha256(${quoted(key)} || chr(2) || ${quoted(format)} || chr(2) || ${quoted(bulk.kind)} || chr(2) || ${subjects.join(' || chr(1) || ')} || chr(2) || ${fields.join(' || chr(1) || ')}), 32)`;
}
