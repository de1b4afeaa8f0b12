/** The page of the rules says all of them, and the one in the repository is the one that they give. `UPDATE=1` writes it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEFAULT_POLICY } from '../policy.ts';
import { type Rule, rule } from '../rule.ts';
import { order } from './example.ts';
import { rulesPage } from './page.ts';
import { everyRule, RULE_SETS } from './register.ts';

const FILE = join(import.meta.dirname, '../../../docs/rules.md');
const ALL = await everyRule();
const PAGE = rulesPage(ALL, RULE_SETS, DEFAULT_POLICY);

test('the page has every rule: its question, authority, cure and examples, and a line in the contents that leads there', () => {
  const headings = new Set([...PAGE.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading));
  for (const { rule: one } of ALL) {
    assert.ok(headings.has(one.id), `${one.id} has a section`);
    assert.ok(PAGE.includes(`[${one.id}](#${one.id.toLowerCase()}`), `${one.id} is in the contents`);
    for (const text of [`*${one.asks}*`, `${one.authority} [${one.mark}]`, one.message, one.cure ?? ''])
      assert.ok(PAGE.includes(text), `${one.id}: ${text}`);
    for (const { says } of one.examples) assert.ok(PAGE.includes(says.replaceAll('|', '\\|')), `${one.id}: ${says}`);
  }
});

test('every link of the contents leads to one heading', () => {
  const ids = ALL.map(({ rule: one }) => one.id.toLowerCase());
  const links = [...PAGE.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
  assert.equal(new Set(links).size, ALL.length);
  assert.ok(links.every((anchor) => ids.includes(anchor.replace(/^(r-\d{3})-\d+$/, '$1'))));
});

test('the page is the same when it is made again', () => {
  assert.equal(rulesPage(ALL, RULE_SETS, DEFAULT_POLICY), PAGE);
});

test('a rule that was replaced stays on the page beside its successor, and a bar in a sentence breaks no table', () => {
  const before: Rule = rule({
    id: 'R-999',
    asks: 'Is it so | or otherwise?',
    authority: 'Invented',
    mark: 'GK',
    about: 'scope',
    severity: 'warn',
    until: '2026-06-29',
    appliesTo: () => true,
    judge: () => [],
    message: 'It is not so.',
    cure: null,
    effects: ['alert'],
    examples: [{ says: 'so', request: order(), expect: [{ item: '1', severity: 'pushback' }] }],
  });
  const after: Rule = { ...before, until: undefined, since: '2026-06-29', effects: undefined } as Rule;
  const page = rulesPage(
    [
      { rule: before, part: 'us', file: 'us/r-999-a.ts' },
      { rule: after, part: 'us', file: 'us/r-999-b.ts' },
    ],
    RULE_SETS,
    DEFAULT_POLICY,
  );
  assert.match(page, /\| \[R-999\]\(#r-999\) \| Is it so \\\| or otherwise\? \| scope \| warn \|/);
  assert.match(page, /\[R-999\]\(#r-999-1\)/);
  assert.match(page, /- \*\*Until:\*\* 2026-06-29/);
  assert.match(page, /- \*\*Since:\*\* 2026-06-29/);
  assert.match(
    page,
    /- \*\*The requester is told:\*\* nothing; it is kept inside\.\n- \*\*Besides:\*\* the security team/,
  );
  assert.match(page, /\| so \| item 1: push back \|/);
});

test('the page in the repository is the one the rules give', () => {
  if (process.env.UPDATE === '1') writeFileSync(FILE, PAGE);
  if (existsSync(FILE)) assert.equal(readFileSync(FILE, 'utf8'), PAGE, 'write it again with UPDATE=1');
});
