/**
 * Judges a request by all rules of a rule set: findings, and three verdicts that are never added up.
 *
 * What it says is for a reviewer. No verdict here is an approval, and none can become one without a person.
 */
import type { LegalRequest } from './legal-request.ts';
import type { About, Context, Finding, Rule, Severity } from './rule.ts';

/** `holds`: nothing found. `reason needed`: warnings only. `open`: to be cured or done. `fails`: cannot be produced so. */
export type Standing = 'holds' | 'reason needed' | 'open' | 'fails';

export type Judgement = {
  ruleSet: string;
  /** Digest over the text of every rule in it: the same version with other bytes is another set. */
  rulesDigest: string;
  at: string;
  version: number;
  findings: Finding[];
  authenticity: Standing;
  sufficiency: Standing;
  scope: Standing;
  /** The standing of each item by what concerns it, sufficiency and scope together, never authenticity. */
  items: { id: string; standing: Standing; rules: string[] }[];
};

const RANK: Record<Severity, Standing> = { reject: 'fails', pushback: 'open', block: 'open', warn: 'reason needed' };
const ORDER: Standing[] = ['holds', 'reason needed', 'open', 'fails'];

export function findingsOf(rules: readonly Rule[], request: LegalRequest, context: Context): Finding[] {
  return rules.flatMap((rule) => {
    if (!rule.appliesTo(request, context)) return [];
    return rule.judge(request, context).map((judged): Finding => {
      const { item, path, severity, message, cure, effects } = judged;
      return {
        rule: rule.id,
        about: rule.about,
        severity: severity ?? rule.severity,
        path,
        ...(item === undefined ? {} : { itemId: item }),
        message: message ?? rule.message,
        cure: cure === undefined ? rule.cure : cure,
        source: `${rule.authority} [${rule.mark}]`,
        effects: effects ?? rule.effects ?? [],
        ...(rule.form3 === undefined ? {} : { form3: rule.form3 }),
      };
    });
  });
}

export function judge(
  set: { version: string; digest: string; rules: readonly Rule[] },
  request: LegalRequest,
  context: Context,
): Judgement {
  const findings = findingsOf(set.rules, request, context);
  const about = (which: About) => standingOf(findings.filter((finding) => finding.about === which));
  return {
    ruleSet: set.version,
    rulesDigest: set.digest,
    at: context.at,
    version: request.version,
    findings,
    authenticity: about('authenticity'),
    sufficiency: about('sufficiency'),
    scope: about('scope'),
    items: request.items.map(({ id }) => {
      const own = concerning(findings, id);
      return { id, standing: standingOf(own), rules: [...new Set(own.map(({ rule }) => rule))] };
    }),
  };
}

/** What concerns an item: findings about it, and findings about the request as a whole. */
export function concerning(findings: readonly Finding[], itemId: string): Finding[] {
  return findings.filter(({ about, itemId: of }) => about !== 'authenticity' && (of === undefined || of === itemId));
}

/** A reject that splits its item takes a part away; the rest goes on once a person has said so. */
export const splits = ({ severity, effects }: Finding): boolean =>
  severity === 'reject' && effects.includes('split item');

function standingOf(findings: readonly Finding[]): Standing {
  return findings.reduce<Standing>((worst, finding) => {
    const standing = splits(finding) ? 'open' : RANK[finding.severity];
    return ORDER.indexOf(standing) > ORDER.indexOf(worst) ? standing : worst;
  }, 'holds');
}
