/**
 * What went wrong between here and a source, and what a person is told of it: where, and what to do, never what the
 * database said of a value.
 */
import { Problem } from '../base/problem.ts';

const KINDS = {
  unreachable: 'does not answer',
  refused: 'does not let this account in',
  'no-table': 'has no such table',
  'no-column': 'has no such column',
  'column-type': 'keeps something else in a column than is declared',
  'no-permission': 'does not let this account read',
  'time-limit': 'took longer than it may',
  lost: 'stopped answering before the end',
  changed: 'changed while it was read',
  unreadable: 'has a file that cannot be read',
  failed: 'could not answer',
} as const;
export type TroubleKind = keyof typeof KINDS;

/** Thrown by engines. `detail` is a code, a name or a line number of theirs, never a value from a row. */
export class Trouble extends Error {
  readonly kind: TroubleKind;
  readonly detail: string | undefined;

  constructor(kind: TroubleKind, detail?: string, cause?: unknown) {
    super(detail === undefined ? kind : `${kind}: ${detail}`, { cause });
    this.kind = kind;
    this.detail = detail;
  }
}

/** Where it happened. */
export type Where = { source: string; table?: string; item?: string; column?: string };

const TO_DO: Record<TroubleKind, string> = {
  unreachable: 'See that it runs and that url names it.',
  refused: 'Check user, database and the password variable.',
  'no-table': 'Check table, schema and files in the declaration.',
  'no-column': 'Check the name of the column in the declaration.',
  'column-type': 'Declare what the column holds.',
  'no-permission': 'Grant select on what the declaration names.',
  'time-limit': 'Narrow the item, give the table an index, or raise timeLimitSeconds.',
  lost: 'Gather again.',
  changed: 'Gather again when nothing is written there.',
  unreadable: 'Put the file right.',
  failed: 'Its own log says more.',
};

/** The problem a caller is given; anything that is no trouble is a bug and stays what it is. */
export function problemFrom(error: unknown, { source, table, item, column }: Where): unknown {
  if (!(error instanceof Trouble)) return error;
  const { kind, detail } = error;
  const place = [
    `The source ${source}`,
    ...(table === undefined ? [] : [`table ${table}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
    ...(item === undefined ? [] : [`item ${item}`]),
  ].join(', ');
  const said = detail === undefined ? '' : ` (${detail})`;
  return new Problem(`source/${kind}`, `${place}: ${KINDS[kind]}${said}. Nothing was handed over. ${TO_DO[kind]}`, {
    source,
    ...(table && { table }),
    ...(column && { column }),
    ...(item && { item }),
    ...(detail && { detail }),
  });
}

/** Runs something of a source, and says where it was when it fails. */
export async function within<T>(where: Where, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemFrom(error, where);
  }
}
