/** Which accounts the identifiers of a demand name, asked of every source that says. */
import { textFrom } from '../base/interval.ts';
import { rangeOf } from '../instrument/bounds.ts';
import { seenAt } from '../instrument/holders.ts';
import type { Resolved } from '../instrument/legal-request.ts';
import { IDENTIFIER_TYPES, type IdentifierType, identifier } from '../record/identifier.ts';
import { type RequestFile, version } from '../request/file.ts';
import type { House } from './house.ts';
import { closeSources, openSources } from './sources.ts';

/** Null where no source says which account an identifier names: then the identifier itself is looked for. */
export async function resolveTargets(
  house: House,
  file: RequestFile,
): Promise<{ resolved: (Resolved[] | null)[]; sources: string[] } | null> {
  const sources = await openSources(house, ({ accounts }) => accounts.length > 0);
  if (sources.length === 0) return null;
  try {
    const { demand } = version(file);
    const resolved: (Resolved[] | null)[] = [];
    for (const [index, named] of demand.targets.entries()) {
      const { type, value } = named;
      const known = (IDENTIFIER_TYPES as readonly string[]).includes(type);
      const target = known ? identifier(type as IdentifierType, value) : null;
      if (target === null) {
        resolved.push(null);
        continue;
      }
      const ranges = demand.items.filter(({ target: of }) => of === index).flatMap((item) => rangeOf(item) ?? []);
      const seen = seenAt(named);
      const began =
        seen ??
        (ranges.length === 0 ? undefined : ranges.map((range) => range.began).reduce((a, b) => (a < b ? a : b)));
      const ended =
        seen !== null
          ? seen + 1n
          : ranges.length === 0
            ? undefined
            : ranges.map((range) => range.ended).reduce((a, b) => (a > b ? a : b));
      const found: Resolved[] = [];
      for (const source of sources) {
        for (const one of await source.resolve(target, began, ended)) {
          // A holder whose time is not certain is no holder to hand over for.
          if (one.undetermined) continue;
          found.push({
            account: one.account.value,
            type: one.account.type,
            from: one.from === null ? null : textFrom(one.from),
            to: one.to === null ? null : textFrom(one.to),
          });
        }
      }
      resolved.push(found);
    }
    return { resolved, sources: sources.map(({ name }) => name) };
  } finally {
    await closeSources(sources);
  }
}
