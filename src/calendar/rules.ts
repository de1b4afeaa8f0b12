/**
 * The rules of counting by their stable ids. A rule whose arithmetic changes gets the next version; the old id keeps its
 * meaning in what was stored with it.
 *
 * `checked` says how the rule is known: from the text itself, from a secondary source, or from general knowledge only.
 */
export type Rule = { says: string; authority: string; checked: 'text' | 'secondary source' | 'general knowledge' };

const RULE_45 = 'Fed. R. Crim. P. 45(a)(1), (5), (6); 5 U.S.C. 6103; Executive Order 11582';
const REG_1182 = 'Regulation (EEC, Euratom) No 1182/71';

export const RULES = {
  'us-days/1': {
    says: 'The day of the event is excluded and every day after it is counted. A last day that is a Saturday, a Sunday or a legal holiday moves to the next day that is none. The period ends at midnight.',
    authority: RULE_45,
    checked: 'general knowledge',
  },
  'us-business-days/1': {
    says: 'The day of the event is excluded; only days that are no Saturday, Sunday or legal holiday are counted. The period ends at midnight.',
    authority: 'a policy of the provider, with the legal holidays of Fed. R. Crim. P. 45(a)(6)',
    checked: 'general knowledge',
  },
  'months/1': {
    says: 'The window ends with the day of the same number, so many months later, or with the last day of a month that has no such day. Nothing moves it.',
    authority: `a window of a policy; the day of the same number as in ${REG_1182}, Art. 3(2)(c)`,
    checked: 'secondary source',
  },
  'eu-days/1': {
    says: 'The day of receipt is excluded and every day after it is counted. A last day that is a Saturday, a Sunday or a public holiday of the enforcing State moves to the next working day; a period of two days or more has at least two working days. The period ends at 24:00 local time.',
    authority: `${REG_1182}, Art. 2, Art. 3(1), (2)(b), (3), (4), (5)`,
    checked: 'secondary source',
  },
  'eu-working-days/1': {
    says: 'The day of receipt is excluded; only working days of the enforcing State are counted. The period ends at 24:00 local time.',
    authority: `${REG_1182}, Art. 2(2), Art. 3(1), (2)(b), (3)`,
    checked: 'secondary source',
  },
  'eu-hours/1': {
    says: 'The hour of receipt is excluded and every hour after it is counted, by day and night. No weekend and no holiday moves the end.',
    authority: `${REG_1182}, Art. 3(1), (2)(a), (3); Art. 3(4) speaks only of periods expressed otherwise than in hours`,
    checked: 'secondary source',
  },
  'eu-emergency/1': {
    says: 'The hour of receipt is excluded, then eight hours are counted, by day and night. No weekend and no holiday moves the end.',
    authority: `Regulation (EU) 2023/1543, Art. 10(4); ${REG_1182}, Art. 3(1), (2)(a), (3)`,
    checked: 'secondary source',
  },
  'us-preservation/1': {
    says: 'Records are kept for 90 days, the day of receipt excluded. 18 U.S.C. 2703(f)(2) names no method of counting, so Rule 45(a) fills it in, and a last day that is not worked moves the end: a hold never ends early.',
    authority: `18 U.S.C. 2703(f)(2); ${RULE_45}`,
    checked: 'general knowledge',
  },
  'us-preservation-renewed/1': {
    says: 'On a renewed request records are kept for an additional 90 days, counted from the last day of the first period.',
    authority: `18 U.S.C. 2703(f)(2); ${RULE_45}`,
    checked: 'general knowledge',
  },
  'eu-preservation/1': {
    says: 'Data are kept for 60 days, the day of receipt excluded; a last day that is not worked in the enforcing State moves the end.',
    authority: `Regulation (EU) 2023/1543, Art. 11(1); ${REG_1182}, Art. 3`,
    checked: 'secondary source',
  },
  'eu-preservation-extended/1': {
    says: 'On Form 6 data are kept for an additional 30 days, counted from the last day of the 60.',
    authority: `Regulation (EU) 2023/1543, Art. 11(1); ${REG_1182}, Art. 3`,
    checked: 'secondary source',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
