/** Which records were asked about, as SQL: an account, kinds, and a half-open window of time. */
import type { Kind } from '../../record/record.ts';
import { inSql } from '../time/kinds.ts';

export type Chosen = { account: string | null; kinds: readonly Kind[]; began: bigint | null; ended: bigint | null };

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Records of the account and kinds, whatever their time. */
export function alikeSql({ account, kinds }: Chosen): string {
  return `kind in ${inSql(kinds)}${account === null ? '' : ` and account = ${quoted(account)}`}`;
}

/** Those with a time that touches the window; an instant touches it when it lies in it. */
export function placedSql(chosen: Chosen): string {
  const { began, ended } = chosen;
  return [
    `${alikeSql(chosen)} and began is not null`,
    ...(ended === null ? [] : [`epoch_us(began) < ${ended}`]),
    ...(began === null ? [] : [`(epoch_us(began) >= ${began} or coalesce(epoch_us(ended) > ${began}, false))`]),
  ].join(' and ');
}

/** A time that names a day or a month has no place in an order of instants. */
export const IMPRECISE = `precision in ('day', 'month')`;
