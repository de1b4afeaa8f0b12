/**
 * Which rules there are, and which of them belong to a rule set. The folders are the register.
 *
 * A rule set is named by the day from which it is applied here. A rule that changes keeps its old file with `until`, so a
 * request can be judged again by the rules of its day.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../base/digest.ts';
import { Problem } from '../../base/problem.ts';
import type { Rule } from '../rule.ts';

/** Oldest first, each with what changed. */
export const RULE_SETS = [
  { version: '2026-01-01', says: 'The first set: United States rules, identity and channel, emergencies, nondisclosure, preservation.' },
  { version: '2026-06-29', says: 'Reverse searches after Chatrie v. United States (29 June 2026).' },
  { version: '2026-08-18', says: 'European Production and Preservation Orders: Regulation (EU) 2023/1543 applies from this day.' },
] as const; // biome-ignore format: one line a set

export type RuleSet = { version: string; digest: string; rules: Rule[] };

export type Registered = { rule: Rule; part: 'us' | 'eu' | 'common'; file: string };

const PARTS = ['common', 'us', 'eu'] as const;

let loaded: Promise<{ all: Registered[]; digests: Map<string, string>; shared: string }> | undefined;

/** Every rule of every set, in the order of their ids. */
export async function everyRule(): Promise<Registered[]> {
  loaded ??= load();
  return (await loaded).all;
}

/** The set of that version; the newest unless one is named. Throws `rules/no-such-set`. */
export async function ruleSet(version: string = RULE_SETS.at(-1)!.version): Promise<RuleSet> {
  if (!RULE_SETS.some((set) => set.version === version)) {
    throw new Problem(
      'rules/no-such-set',
      `There is no rule set ${version}. There are ${RULE_SETS.map((set) => set.version).join(', ')}.`,
      { version },
    );
  }
  loaded ??= load();
  const { all, digests, shared } = await loaded;
  const chosen = all.filter(({ rule }) => belongs(rule, version));
  const digest = sha256(shared, ...chosen.map(({ file }) => `\n${file} ${digests.get(file)}`));
  return { version, digest, rules: chosen.map(({ rule }) => rule) };
}

/** The set that was applied on a day; the first for days before it. */
export function ruleSetOn(day: string): string {
  return (RULE_SETS.findLast(({ version }) => version <= day) ?? RULE_SETS[0]).version;
}

export function belongs(rule: Rule, version: string): boolean {
  return (rule.since === undefined || rule.since <= version) && (rule.until === undefined || version < rule.until);
}

async function load() {
  const all: Registered[] = [];
  const digests = new Map<string, string>();
  for (const part of PARTS) {
    const folder = join(import.meta.dirname, part);
    for (const name of readdirSync(folder).sort()) {
      if (!/^r-\d{3}[a-z0-9-]*\.ts$/.test(name)) continue;
      const { default: declared } = (await import(`./${part}/${name}`)) as { default: Rule };
      const file = `${part}/${name}`;
      digests.set(file, sha256(readFileSync(join(folder, name))));
      all.push({ rule: declared, part, file });
    }
  }
  all.sort((a, b) => (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : a.file < b.file ? -1 : 1));
  return { all, digests, shared: sharedDigest() };
}

/** What rules share (tables of statutes, floors of rank, the reach of papers) changes judgements too. */
function sharedDigest(): string {
  const folders = [join(import.meta.dirname, '..'), import.meta.dirname];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter(
        (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'example.ts' && name !== 'page.ts',
      )
      .sort()
      .map((name) => `${name} ${sha256(readFileSync(join(folder, name)))}\n`),
  );
  return sha256(...files);
}
