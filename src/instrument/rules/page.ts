/**
 * The page of all rules, as Markdown: what a rule is and is not, then each rule with its authority, what it finds, what the
 * requester is told, and its examples. It is generated, so it cannot say what the rules do not.
 */
import type { Policy } from '../policy.ts';
import type { About, Effect, Example, Rule, Severity } from '../rule.ts';
import { belongs, type Registered } from './register.ts';

type Sets = readonly { version: string; says: string }[];

const PARTS: [Registered['part'], string, string][] = [
  ['common', 'For any paper', 'Who asks, on which way, and what every demand has to say.'],
  ['us', 'United States', 'Rules that rest on statutes and cases of the United States.'],
  ['eu', 'European orders', 'Production and Preservation Orders under Regulation (EU) 2023/1543.'],
];

const SEVERITIES: Record<Severity, [string, string]> = {
  reject: ['reject', 'this cannot be produced on this paper'],
  pushback: ['push back', 'hold and preserve, and ask the requester to cure or narrow'],
  warn: ['warn', 'a reviewer records a reason before going on'],
  block: ['block', 'a step is refused until something is done'],
};

const ABOUT: Record<About, [string, string]> = {
  authenticity: ['authenticity', 'whether the request comes from who it says'],
  sufficiency: ['sufficiency', 'whether the paper and its grounds carry a demand'],
  scope: ['scope', 'whether each item is one that the paper reaches, described so that it can be found and bounded'],
};

const MARKS: Record<Rule['mark'], string> = {
  V: 'read in the primary text, or on the provider’s own page',
  V2: 'read in a secondary source',
  GK: 'general knowledge, not read at the source; to be checked by counsel',
};

const EFFECTS: Record<Effect, string> = {
  alert: 'the security team is alerted',
  'no reply': 'nothing is answered',
  counsel: 'counsel decides',
  'human-rights review': 'a human-rights review decides',
  'filter plan': 'a plan for a filter team is needed',
  'two approvers': 'two people approve',
  'notice first': 'the user is told before anything is produced',
  'notice due': 'the user’s notice falls due',
  'split item': 'the item is split',
  reroute: 'it is sent to another way',
  'release hold': 'the hold is released',
  'wait for the enforcing authority': 'delivery waits for the enforcing authority',
  'private-party process': 'the way of private parties applies',
};

/** The rules in the order given, part by part; the numbers are those of the policy. The same input gives the same page. */
export function rulesPage(registered: readonly Registered[], sets: Sets, policy: Policy): string {
  const anchors = anchorsOf(registered);
  const parts = PARTS.flatMap(([part, title, says]) => {
    const own = registered.filter((one) => one.part === part);
    if (own.length === 0) return [];
    const contents = table(
      ['rule', 'asks', 'verdict', 'severity'],
      own.map((one) => [
        `[${one.rule.id}](#${anchors.get(one)})`,
        one.rule.asks,
        ABOUT[one.rule.about][0],
        SEVERITIES[one.rule.severity][0],
      ]),
    );
    return [`## ${title}`, says, contents, ...own.flatMap(({ rule }) => section(rule))];
  });
  return `${[...introduction(registered, sets), ...parts, ...numbers(policy)].join('\n\n')}\n`;
}

function introduction(registered: readonly Registered[], sets: Sets): string[] {
  return [
    '# Rules',
    '<!-- Generated from src/instrument/rules by UPDATE=1 node --test src/instrument/rules/page.test.ts -->',
    `These are the ${registered.length} rules by which a request for users’ data is judged. Each is one question about one request, in one file of \`src/instrument/rules/\`, with the examples that test it. The page is made from those files.`,
    '**What a rule is.** A rule shows a reviewer something: what is wrong, on which authority, and in plain words what would cure it. It looks at the request and at what the desk found out, and at nothing else: it calls nobody, reads no clock and remembers nothing.',
    '**What a rule is not.** No rule approves, and none discloses. That nothing is found is no permission: a named person decides each item, and two do where it is an emergency, content, or many people. What is unknown is not taken as bad or as good; where a missing answer is itself the finding, the rule says so. It is not legal advice.',
    '## Reading a rule',
    'A finding has a severity. A rule states its usual one; its examples show where another is given.',
    table(['severity', 'means'], Object.values(SEVERITIES)),
    'Findings are gathered in three verdicts, which are never added up: a request that authenticates can be void, and a valid order can come through a forged channel.',
    table(['verdict', 'asks'], Object.values(ABOUT)),
    'The mark beside an authority says how well it is known.',
    table(['mark', 'means'], Object.entries(MARKS)),
    '## Rule sets',
    'A set is named by the day from which it is applied. A request keeps the set it was judged by, and a rule that changes keeps its old text with the set that ended it, so a judgement can be made again as of its day.',
    table(
      ['set', 'what changed', 'rules'],
      sets.map(({ version, says }) => [
        version,
        says,
        String(registered.filter(({ rule }) => belongs(rule, version)).length),
      ]),
    ),
  ];
}

function section(rule: Rule): string[] {
  const facts = [
    `**Authority:** ${rule.authority} [${rule.mark}]`,
    `**Severity:** ${SEVERITIES[rule.severity][0]} (${ABOUT[rule.about][0]})`,
    `**Finds:** ${rule.message}`,
    `**The requester is told:** ${rule.cure ?? 'nothing; it is kept inside.'}`,
    ...(rule.effects?.length ? [`**Besides:** ${rule.effects.map((effect) => EFFECTS[effect]).join('; ')}.`] : []),
    ...(rule.form3 === undefined ? [] : [`**Form 3:** ${rule.form3}.`]),
    ...(rule.since === undefined ? [] : [`**Since:** ${rule.since}`]),
    ...(rule.until === undefined ? [] : [`**Until:** ${rule.until}`]),
  ];
  return [
    `### ${rule.id}`,
    `*${rule.asks}*`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    table(
      ['example', 'result'],
      rule.examples.map(({ says, expect }) => [says, resultOf(expect)]),
    ),
  ];
}

function numbers({ clocks, limits, windowMonths, owesFacts }: Policy): string[] {
  const rows = (of: Record<string, unknown>, before: string) =>
    Object.entries(of).map(([name, value]) => [
      `\`${before}.${name}\``,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]);
  return [
    '## Numbers',
    'What a statute does not fix, a provider decides. These are the defaults; its `policy.json` names what differs. Units are in the names.',
    table(
      ['in the policy', 'default'],
      [...rows(limits, 'limits'), ...rows(clocks, 'clocks'), ...rows(windowMonths, 'windowMonths')],
    ),
    `Papers that owe the provider a description of the facts: ${owesFacts.join(', ')}.`,
  ];
}

function resultOf(expect: Example['expect']): string {
  if (expect === 'met') return 'nothing found';
  if (expect === 'not applicable') return 'does not apply';
  if (!Array.isArray(expect)) return SEVERITIES[expect][0];
  return expect
    .map(({ item, severity }) => `${item === undefined ? '' : `item ${item}: `}${SEVERITIES[severity][0]}`)
    .join('; ');
}

/** Two files of one rule have one heading; the second is told apart as Markdown readers do it. */
function anchorsOf(registered: readonly Registered[]): Map<Registered, string> {
  const seen = new Map<string, number>();
  const anchors = new Map<Registered, string>();
  for (const [part] of PARTS)
    for (const one of registered.filter((each) => each.part === part)) {
      const name = one.rule.id.toLowerCase();
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      anchors.set(one, before === 0 ? name : `${name}-${before}`);
    }
  return anchors;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
