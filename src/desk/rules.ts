/** The rules of law: listing them, and one with its examples. */
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import { belongs, everyRule, RULE_SETS, ruleSet } from '../instrument/rules/register.ts';
import { free } from './operation.ts';

export const rulesOperation = free({
  words: 'rules',
  desk: 'everyone',
  op: 'consultation',
  does: 'List the rules requests are judged by: what each asks, on which authority, and how well that is known.',
  example: 'fourcorners rules --rule R-057',
  input: z.strictObject({
    set: z.string().optional().describe('a rule set; the newest unless one is named'),
    rule: z.string().optional().describe('one rule, with its examples'),
  }),
  async run(_, input) {
    const { version, digest } = await ruleSet(input.set);
    const all = (await everyRule()).filter(({ rule }) => belongs(rule, version));
    const chosen = input.rule === undefined ? all : all.filter(({ rule }) => rule.id === input.rule);
    if (chosen.length === 0)
      throw new Problem('rules/no-such-rule', `Rule set ${version} has no rule ${input.rule}.`, { rule: input.rule });
    return {
      set: version,
      digest,
      sets: RULE_SETS,
      rules: chosen.map(({ rule, part, file }) => ({
        id: rule.id,
        part,
        file,
        asks: rule.asks,
        authority: rule.authority,
        mark: rule.mark,
        about: rule.about,
        severity: rule.severity,
        message: rule.message,
        cure: rule.cure,
        effects: rule.effects ?? [],
        form3: rule.form3 ?? null,
        since: rule.since ?? null,
        until: rule.until ?? null,
        ...(input.rule === undefined ? {} : { examples: rule.examples.map(({ says, expect }) => ({ says, expect })) }),
      })),
    };
  },
  show: ({ set, rules }) =>
    [
      `Rule set ${set}: ${rules.length} rules`,
      ...rules.map(({ id, severity, asks, authority, mark, ...rest }) =>
        [
          `${id}  ${severity.padEnd(8)}  ${asks}  (${authority} [${mark}])`,
          ...('examples' in rest && rest.examples
            ? [
                `  ${rest.message}`,
                `  to the requester: ${rest.cure ?? 'nothing'}`,
                ...rest.examples.map(
                  ({ says, expect }) => `  ${says}: ${typeof expect === 'string' ? expect : JSON.stringify(expect)}`,
                ),
              ]
            : []),
        ].join('\n'),
      ),
    ].join('\n'),
});
