/**
 * The scope of a production: the approved items, on the accounts their identifiers named, in the time they named them.
 *
 * It is the same object an examiner seals by. Nothing reaches beyond receipt: stored-data process is for what was stored.
 */
import { type Interval, type Micros, microsFrom } from '../base/interval.ts';
import { rangeOf } from '../instrument/bounds.ts';
import { seenAt } from '../instrument/holders.ts';
import { IDENTIFIER_TYPES, type IdentifierType, identifier } from '../record/identifier.ts';
import { approvedItems, type RequestFile, version } from '../request/file.ts';
import type { Item, Scope } from '../scope/scope.ts';

export type Unreached = { item: string; why: string };

/** Categories of which rows are states of an account and need no range. */
const STATES = ['DC-01', 'DC-03'];

/** `unreached` are approved items nothing can be looked up for; they give no rows, and the certificate says so. */
export function approvedScope(file: RequestFile): { scope: Scope; unreached: Unreached[] } {
  const { demand } = version(file);
  const receipt = microsFrom(file.receivedAt)!;
  const approved = approvedItems(file);
  const items: Item[] = [];
  const unreached: Unreached[] = [];
  for (const item of demand.items.filter(({ id }) => approved.includes(id))) {
    const stated = rangeOf(item);
    const category = item.category;
    const range = stated ?? (STATES.includes(category ?? '') ? { began: receipt - 1n, ended: receipt } : null);
    if (category === undefined || range === null) {
      unreached.push({ item: item.id, why: category === undefined ? 'no category is named' : 'no range is stated' });
      continue;
    }
    const until: Micros = range.ended < receipt ? range.ended : receipt;
    if (until <= range.began) {
      unreached.push({ item: item.id, why: 'the range begins after receipt' });
      continue;
    }
    const targets = targetsOf(file, item.target, { began: range.began, ended: until });
    if (targets.length === 0) unreached.push({ item: item.id, why: whyNone(file, item.target) });
    targets.forEach(({ target, range: within }, index) => {
      items.push({
        id: index === 0 ? item.id : `${item.id}#${index + 1}`,
        target,
        categories: [category],
        range: within,
      });
    });
  }
  return { scope: { instrument: file.id, version: file.versions.length, items }, unreached };
}

/** The accounts a target named, each for the part of the range in which it did; the identifier itself where none were looked up. */
function targetsOf(file: RequestFile, index: number, range: Interval): Held[] {
  const target = version(file).demand.targets[index];
  if (target === undefined) return [];
  const resolved = file.resolved[index] ?? null;
  if (resolved === null) {
    const own = isIdentifier(target.type) ? identifier(target.type, target.value) : null;
    return own ? [{ target: own, range }] : [];
  }
  // An address seen at a stated moment is its holder's at that moment, whoever had it before or later.
  const seen = seenAt(target);
  const window = seen === null ? range : { began: seen, ended: seen + 1n };
  const held = resolved.flatMap(({ account, type, from, to }) => {
    const began = from === null ? window.began : later(window.began, microsFrom(from)!);
    const ended = to === null ? window.ended : earlier(window.ended, microsFrom(to)!);
    const named = identifier((type ?? 'account-id') as IdentifierType, account);
    return named && began < ended ? [{ target: named, range: seen === null ? { began, ended } : range }] : [];
  });
  return joined(held);
}

type Held = { target: Item['target']; range: Interval };

/** Two sources may know the same account, or one of them twice: times of an account that meet are one. */
function joined(held: readonly Held[]): Held[] {
  const pieces: Held[] = [];
  for (const { target, range } of held.toSorted((a, b) =>
    a.range.began === b.range.began ? 0 : a.range.began < b.range.began ? -1 : 1,
  )) {
    const before = pieces.findLast((one) => one.target.type === target.type && one.target.value === target.value);
    if (before && range.began <= before.range.ended)
      before.range = { began: before.range.began, ended: later(before.range.ended, range.ended) };
    else pieces.push({ target, range });
  }
  return pieces;
}

const isIdentifier = (type: string): type is IdentifierType => (IDENTIFIER_TYPES as readonly string[]).includes(type);

function whyNone(file: RequestFile, index: number): string {
  const type = version(file).demand.targets[index]?.type;
  return type === undefined || isIdentifier(type)
    ? 'the identifier names no account in that time'
    : `nothing here is looked up by ${type}`;
}

const later = (a: Micros, b: Micros) => (a > b ? a : b);
const earlier = (a: Micros, b: Micros) => (a < b ? a : b);

/** An item that reaches several accounts has several lines in the scope; this is the item they belong to. */
export const itemOf = (scopeItem: string): string => scopeItem.replace(/#\d+$/, '');

/** What an approval was for, as people read it; also what the package binds its sender to. */
export function scopeFacts({
  items,
}: Scope): { item: string; target: string; categories: string[]; began: string; ended: string }[] {
  return items.map(({ id, target, categories, range }) => ({
    item: id,
    target: `${target.type} ${target.value}`,
    categories,
    began: Temporal.Instant.fromEpochNanoseconds(range.began * 1000n).toString(),
    ended: Temporal.Instant.fromEpochNanoseconds(range.ended * 1000n).toString(),
  }));
}
