/** What an enforcing authority has decided of an order: no ground for refusal, or grounds for some or all its tasks. */
import type { EtsiNotes } from './notes.ts';
import { below, child, type Element, idOf, textOf, wordOf } from './xml.ts';

export type EnforcingDecision = {
  decision: 'no ground' | 'partial' | 'full';
  /** Tasks it names; a partial refusal that names none leaves nothing to go on with. */
  tasks: string[];
  /** Types of refusal as it writes them, `DataProtectedByImmunities`. */
  grounds: string[];
  explanation: string | null;
};

const WORDS = [
  ['FullGroundsForRefusal', 'full'],
  ['PartialGroundsForRefusal', 'partial'],
  ['NoGroundsForRefusal', 'no ground'],
] as const;

/** The gravest where a message says more than one. `inMessage` are the tasks it brings as objects of their own. */
export function decisionOf(root: Element, inMessage: readonly string[], notes: EtsiNotes): EnforcingDecision {
  const everywhere = below(root, () => true);
  const documents = everywhere.filter(({ name }) => name === 'DocumentType').map((one) => wordOf(one) ?? '');
  const said = WORDS.filter(
    ([word]) =>
      documents.some((type) => type.includes(word)) ||
      everywhere.some(({ name, text, children }) => name.includes(word) || (children.length === 0 && text === word)),
  );
  if (said.length > 1)
    notes.add('message', `More than one decision is stated: ${said.map(([word]) => word).join(', ')}.`);
  const decision = said[0]?.[1] ?? 'full';
  const types = everywhere.filter(({ name }) => /RefusalType$/.test(name));
  const named = everywhere.filter(
    ({ name, children }) => /^(LDTask|LPTask|Task)(Object)?(Identifier)?$/.test(name) && children.length === 0,
  );
  const explained = everywhere.filter(
    ({ name, children }) => /Explanation|ReasonForRefusal/.test(name) && children.length === 0,
  );
  const tasks = [...new Set([...inMessage, ...named.flatMap((one) => idOf(one) ?? [])])];
  if (decision === 'partial' && tasks.length === 0)
    notes.add('message', 'The decision refuses a part and names no task.');
  return {
    decision,
    tasks: decision === 'partial' ? tasks : [],
    grounds: [...new Set(types.flatMap((one) => wordOf(one) ?? child(one, 'Value')?.text ?? []))],
    explanation:
      explained
        .flatMap((one) => textOf(one) ?? [])
        .join(' ')
        .slice(0, 20_000) || null,
  };
}
