/** A second way to the same figures: plain loops over the acts, written without a look at the query. They agree on every cell. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { order, POLICY } from '../instrument/rules/example.ts';
import type { Act } from '../request/act.ts';
import { dealtWith } from './example.ts';
import { addFacts, type Kept, noFacts } from './facts.ts';
import { type Figures, figuresOf, type Row } from './figures.ts';
import { docketIn, inventedDocket } from './invented.ts';
import { type Part, type Period, readPeriod } from './period.ts';

const SEED = 20261127;
const DOCKETS = 300;
const AT_ONCE = 50;

type Known = {
  part: Part;
  key: string;
  row: Row;
  epoc: { key: string; answer: string; hours: number | null; days: number | null }[];
  told: number | null;
  done: number | null;
  apart: boolean;
};

const only = <Name extends Act['act']>(acts: readonly Act[], name: Name) =>
  acts.filter((act): act is Extract<Act, { act: Name }> => act.act === name);
const since = (acts: readonly Act[], act: Act | undefined) =>
  act === undefined ? null : Date.parse(act.at) - Date.parse(acts[0]!.at);
const tenth = (milliseconds: number, unit: number) => Math.floor(milliseconds / (unit / 10) + 0.5) / 10;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const CLASS: Record<string, string> = {
  'DC-01': 'subscriber',
  'DC-02': 'traffic',
  'DC-06': 'traffic',
  'DC-12': 'content',
};

function know({ acts }: Kept, part: Part): Known | null {
  const demands = acts.flatMap((act) => (act.act === 'receive' || act.act === 'cure' || act.act === 'narrow' ? [act.demand] : []));
  const last = demands.at(-1)!;
  const paper = last.instrument.type ?? 'none';
  if (!['production', 'emergency', 'preservation', 'ndo'].includes(last.kind)) return null;
  if (paper === 'US-NSL') return null;
  const asked = last.kind === 'production' || last.kind === 'emergency';
  const hold = last.kind === 'preservation';

  const decisions = new Map<string, string>();
  for (const act of acts) {
    if (act.act === 'review' || act.act === 'cure' || act.act === 'narrow') decisions.clear();
    if (act.act === 'decide') decisions.set(act.item, act.decision);
  }
  const everyItem = last.items.length > 0 && last.items.every(({ id }) => decisions.get(id) === 'approve');

  const pack = only(acts, 'package').at(-1);
  const collected = pack && only(acts, 'collect').filter(({ seq }) => seq < pack.seq).at(-1);
  const disclosed = new Set<string>();
  const content = new Set<string>();
  for (const one of collected?.counts ?? []) {
    if (one.produced > 0) disclosed.add(one.account);
    if (one.produced > 0 && one.category === 'DC-12') content.add(one.account);
  }
  const preserved = new Set(only(acts, 'preserve').flatMap((act) => act.counts.filter(({ found }) => found > 0).map(({ account }) => account)));
  const letters = only(acts, 'send letter');
  const nothing = letters.find(({ kind }) => kind === 'no responsive records');
  const fraud = only(acts, 'verify').some(({ outcome }) => outcome === 'fraud');
  const verified = only(acts, 'verify').some(({ outcome }) => outcome === 'verified');
  const closed = only(acts, 'close').length > 0;
  const narrowed = only(acts, 'narrow').length > 0;
  const pushed = letters.filter(({ kind }) => kind === 'push back' || kind === 'form 3');

  let outcome = 'open';
  if (pack && pack.rows > 0) outcome = everyItem && !narrowed ? 'full' : 'part';
  else if (pack || nothing) outcome = 'none';
  else if (fraud || only(acts, 'reject').length > 0) outcome = 'rejected';
  else if (only(acts, 'withdraw').length > 0) outcome = 'withdrawn';

  const accounts = new Set((only(acts, 'resolve').at(-1)?.resolved ?? []).flatMap((some) => (some ?? []).map(({ account }) => account)));
  const named = new Set(demands[0]!.targets.filter(({ type }) => ['account-id', 'handle'].includes(type)).map(({ type, value }) => type + value));
  const isOrdered = ({ ndo, instrument }: (typeof demands)[number]) => {
    if (instrument.type?.startsWith('EU-EPOC') || instrument.type === 'US-NSL' && ndo?.court === undefined) return false;
    return ndo?.court !== undefined || ndo?.statute !== undefined;
  };
  const ordered = demands.some(isOrdered);
  const endless = demands.some((one) => isOrdered(one) && one.ndo!.court !== undefined && one.ndo!.endsOn === undefined);
  let version = 0;
  const found: { version: number; seq: number }[] = [];
  let challenged = false;
  for (const act of acts) {
    if (act.act === 'receive' || act.act === 'cure' || act.act === 'narrow') version += 1;
    if (act.act === 'review' && act.judgement.findings.some(({ rule }) => rule >= 'R-120' && rule <= 'R-128')) found.push({ version, seq: act.seq });
    if (act.act === 'send letter' && pushed.includes(act) && found.some((one) => one.version === version)) challenged = true;
  }
  const speech = acts.some((act) => (act.act === 'review' || act.act === 'verify') && act.judgement.findings.some(({ rule }) => rule === 'R-085'));
  const reverse = demands.some((one) => one.items.some((item) => item.category === 'DC-21' || ['area', 'keyword'].includes(one.targets[item.target]!.type)));
  const urgent = last.kind === 'emergency' || last.eu?.emergency === true;
  const handed = pack !== undefined && pack.rows > 0;
  const users = Math.max(1, handed ? disclosed.size : accounts.size);
  const before = only(acts, 'notify user').some(({ when }) => when === 'before');
  const later = only(acts, 'notify user').some(({ when }) => when === 'delayed');
  const firstPack = only(acts, 'package')[0];
  const first = acts.find((act) => act.act === 'send letter' || act.act === 'package');
  const one = (is: boolean) => (is ? 1 : 0);
  const served = ['Example Social', 'Example Messenger'].find((name) => name.toLowerCase() === last.service?.toLowerCase());
  const country = last.eu?.issuingState ?? last.requester.country;

  const row: Row = {
    country_iso2: country,
    agency_level: last.requester.level ?? 'unknown',
    instrument_id: paper,
    service: last.service === undefined ? 'unspecified' : (served ?? 'other'),
    requests_received: one(asked),
    accounts_specified: asked ? named.size : 0,
    accounts_affected: asked ? accounts.size : 0,
    requests_produced_full: one(asked && outcome === 'full'),
    requests_produced_partial: one(asked && outcome === 'part'),
    requests_rejected: one(asked && outcome === 'rejected'),
    requests_pushed_back: one(asked && pushed.length > 0),
    requests_narrowed: one(asked && narrowed),
    requests_withdrawn: one(asked && outcome === 'withdrawn'),
    no_responsive_records: one(asked && outcome === 'none'),
    accounts_disclosed: asked ? disclosed.size : 0,
    content_disclosed_accounts: asked ? content.size : 0,
    emergency_received: one(asked && urgent),
    emergency_granted: one(asked && urgent && pack !== undefined),
    emergency_rejected_verification: one(asked && urgent && pack === undefined && (fraud || (closed && !verified))),
    preservation_requests: one(hold),
    preservation_accounts: hold ? preserved.size : 0,
    preservation_converted: one(hold && only(acts, 'convert').length > 0),
    ndo_attached: one(ordered),
    ndo_indefinite_received: one(endless),
    ndo_challenged: one(ordered && challenged),
    users_notified_before: asked && before ? users : 0,
    users_notified_delayed: asked && !before && later ? users : 0,
    users_not_notified: asked && !before && !later && handed ? users : 0,
    median_hours_to_first_response: asked ? since(acts, first) : null,
    median_days_to_production: asked ? since(acts, firstPack) : null,
    reverse_requests: one(asked && reverse),
    speech_escalations: one(asked && speech),
    fraud_suspected: one(fraud || only(acts, 'call back').some(({ answer }) => answer === 'denied')),
    requests_open_or_lapsed: one(asked && outcome === 'open'),
  };

  const classes = new Map<string, boolean>();
  for (const item of last.items) {
    const follows = item.asks.includes('contacts or movements');
    let is = item.category === 'DC-02' && item.asks.includes('only to identify') && !follows ? 'identification' : CLASS[item.category ?? ''];
    if (follows && is !== 'content') is = 'traffic';
    is ??= paper === 'EU-EPOC-S' ? 'subscriber' : paper === 'EU-EPOC-T' ? 'traffic' : 'unstated';
    classes.set(is, (classes.get(is) ?? false) || decisions.get(item.id) === 'approve');
  }
  if (classes.size === 0) classes.set('unstated', false);
  const isPr = paper === 'EU-EPOC-PR';
  const epoc = !paper.startsWith('EU-EPOC') || !(asked || hold) ? [] : [...classes].map(([is, approved]) => {
    const answer =
      (isPr && only(acts, 'preserve').length > 0) || (['full', 'part', 'none'].includes(outcome) && approved)
        ? 'fulfilled'
        : outcome !== 'open' || closed ? 'not_fulfilled' : 'still_open';
    return {
      key: [isPr ? 'EPOC-PR' : 'EPOC', is, country, urgent ? 'yes' : 'no'].join('|'),
      answer,
      hours: answer === 'fulfilled' ? since(acts, firstPack) : null,
      days: since(acts, acts.find((act) => act.act === 'convert' || (act.act === 'renew' && act.form === 'Form 5'))),
    };
  });
  return {
    part,
    key: [country, row['agency_level'], paper, row['service']].join('|'),
    row,
    epoc,
    told: since(acts, letters.find(({ kind }) => kind === 'acknowledgement') ?? letters[0]),
    done: since(acts, firstPack ?? nothing),
    apart: paper === 'XB-MLAT',
  };
} // biome-ignore format: plain loops

const median = (values: (number | null)[]): number | null => {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
const rounded = (value: number | null, unit: number) => (value === null ? null : tenth(value, unit));
const mean = (values: (number | null)[]) => {
  const some = values.filter((value) => value !== null);
  return some.length === 0 ? null : some.reduce((sum, value) => sum + value, 0) / some.length;
};

function added(some: Known[]): Row {
  const total: Row = {};
  for (const name of Object.keys(EMPTY)) {
    const values = some.map(({ row }) => row[name] as number | null);
    total[name] = name === 'median_hours_to_first_response' ? rounded(median(values), HOUR)
      : name === 'median_days_to_production' ? rounded(median(values), DAY)
      : values.reduce<number>((sum, value) => sum + value!, 0);
  }
  return total;
} // biome-ignore format: one line each

const EMPTY: Row = (() => {
  const {
    country_iso2: _c,
    agency_level: _l,
    instrument_id: _i,
    service: _s,
    ...measures
  } = know(dealtWith('r', order()), readPeriod('2026-H2').parts[0]!)!.row;
  return measures;
})();

/** Each group of what is known, by a key. */
function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

function plainly(docket: Kept[][], period: Period): Record<string, Record<string, unknown>> {
  const all = docket.flatMap((some, index) => some.map((one) => know(one, period.parts[index]!)).filter((one) => one !== null));
  const found: Record<string, Record<string, unknown>> = { rows: {}, totals: {}, epoc: {}, dsa: {}, firstResponse: {} };
  for (const [key, some] of grouped(all, ({ part, key }) => `${part.from}|${key}`)) found['rows']![key] = added(some);
  for (const [key, some] of grouped(all, ({ part, row }) => `${part.from}|${row['instrument_id']}`)) found['totals']![key] = added(some);
  for (const part of period.parts) {
    const whole = all.filter((one) => one.part === part && !one.apart);
    found['totals']![`${part.from}|all`] = added(whole);
    const waits = whole.filter(({ row }) => row['requests_received'] === 1).map(({ row }) => row['median_hours_to_first_response'] as number | null);
    const bounds = [0, HOUR, 8 * HOUR, DAY, 3 * DAY, 10 * DAY, Number.POSITIVE_INFINITY];
    bounds.slice(1).forEach((below, index) => {
      found['firstResponse']![`${part.from}|${index + 1}`] = waits.filter((wait) => wait !== null && wait >= bounds[index]! && wait < below).length;
    });
    found['firstResponse']![`${part.from}|7`] = waits.filter((wait) => wait === null).length;
  }
  const dsa = all.filter(({ row }) => row['instrument_id'] === 'EU-DSA10' && row['requests_received'] === 1);
  for (const [key, some] of grouped(dsa, ({ part, row }) => `${part.from}|${row['country_iso2']}`))
    found['dsa']![key] = [some.length, rounded(median(some.map((one) => one.told)), HOUR), rounded(median(some.map((one) => one.done)), HOUR)];
  for (const [key, some] of grouped(all.flatMap(({ epoc }) => epoc), ({ key }) => key)) {
    const answers = (which: string) => some.filter(({ answer }) => answer === which).length;
    found['epoc']![key] = [some.length, answers('fulfilled'), answers('not_fulfilled'), answers('still_open'), rounded(mean(some.map(({ hours }) => hours)), HOUR), rounded(mean(some.map(({ days }) => days)), DAY)];
  }
  return found;
} // biome-ignore format: one line each

/** What the query says, in the same shape. */
function asked(figures: Figures): Record<string, Record<string, unknown>> {
  const by = (all: Row[], key: string[], value: (row: Row) => unknown) =>
    Object.fromEntries(all.map((row) => [key.map((name) => row[name]).join('|'), value(row)]));
  const measures = (row: Row) => Object.fromEntries(Object.keys(EMPTY).map((name) => [name, row[name]]));
  return {
    rows: by(figures.rows, ['period_start', 'country_iso2', 'agency_level', 'instrument_id', 'service'], measures),
    totals: by(figures.totals, ['period_start', 'counted'], measures),
    epoc: by(figures.epoc, ['certificate', 'data_class', 'issuing_state', 'emergency'], (row) =>
      Object.values(row).slice(4, 10),
    ),
    dsa: by(figures.dsa, ['period_start', 'member_state'], (row) => Object.values(row).slice(3, 6)),
    firstResponse: by(figures.firstResponse, ['period_start', 'band'], (row) => row['requests']),
  };
}

test(`plain loops over the acts agree with the query on every cell of ${DOCKETS} invented dockets (seed ${SEED})`, async () => {
  const dockets = fc.sample(inventedDocket(), { numRuns: DOCKETS, seed: SEED });
  let cells = 0;
  for (let first = 0; first < DOCKETS; first += AT_ONCE) {
    const years = Array.from({ length: AT_ONCE / 2 }, (_, index) => readPeriod(String(2000 + index)));
    const parts = years.flatMap((year) => year.parts);
    const period: Period = { ...years[0]!, ended: years.at(-1)!.ended, to: years.at(-1)!.to, parts };
    const docket = parts.map((part, index) => docketIn(part, dockets[first + index]!, `d${first + index}`));
    const facts = noFacts();
    for (const kept of docket.flat()) addFacts(facts, kept, POLICY);
    const [plain, queried] = [plainly(docket, period), asked(await figuresOf(facts, period, 500))];
    for (const table of Object.keys(plain)) {
      const sorted = (of: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
      assert.deepEqual(sorted(queried[table]!), sorted(plain[table]!), `${table} of dockets from ${first}`);
      cells += JSON.stringify(plain[table]).split(',').length;
    }
  }
  assert.ok(cells > 50_000, `${cells} cells were compared`);
});
