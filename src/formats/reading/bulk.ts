/**
 * How a large delimited table becomes records inside the database engine.
 *
 * `row` is the meaning, one row at a time; the SQL is a fast path that must agree with it. A row the SQL cannot read
 * exactly (`exact` is not true) is read by `row` instead, so nothing rests on the engine's lenient casts.
 */

import type { IdentifierType } from '../../record/identifier.ts';
import type { Draft, Kind, KindColumn } from '../../record/record.ts';
import type { ZoneRule } from '../../record/stamp.ts';

export type BulkTable = {
  kind: Kind;
  category: string;
  delimiter: string;
  /** Header texts, as they stand in the file; found by name, in any order. */
  columns: string[];
  /** One row by header text, or the reason it cannot be read. */
  row(fields: Record<string, string>, zone?: ZoneRule): Draft | { unreadable: string };
  /** SQL over the columns as text (`"subscriber"`), giving TIMESTAMPs in UTC and the kind's own columns. */
  sql: {
    began: string;
    ended: string;
    values: Partial<Record<KindColumn, string>>;
    /**
     * True only for rows whose text the expressions above read without loss or leniency, subjects without outer space. The text has its column's name,
     * what was read of it is `"typed began"`, `"typed ended"`, `"typed port_low"`…: the engine casts each text once.
     */
    exact: string;
    /**
     * For every source column that is no subject: SQL over `began`, `ended` and the kind's own columns that writes its text
     * again, letter by letter, for rows that are exact.
     */
    restore: Record<string, string>;
  };
  /** Source columns that hold the row's times, as they are shown together. */
  timeColumns: string[];
  /** Source columns that identify the subject, in the order of `Draft.subjects`. */
  subjects: { column: string; type: IdentifierType }[];
};
