/** Form 3 of a request: what its newest judgement objects to, as far as no reviewer has approved the item after all. */
import type { Block } from '../document/document.ts';
import type { Policy } from '../instrument/policy.ts';
import { asJudged, type RequestFile } from './file.ts';
import { blocksOf } from './form3-blocks.ts';
import { type Form3, form3, type Preservation } from './form3-content.ts';

export { blocksOf } from './form3-blocks.ts';
export { FORM3_GROUNDS, type Form3, type Form3Options, form3 } from './form3-content.ts';

/** Null when the judgement leaves nothing to object to, or there is none yet. */
function form3Of(file: RequestFile, policy: Policy): Form3 | null {
  const approved = (id: string | undefined) => id !== undefined && file.decisions[id]?.decision === 'approve';
  const findings = (file.judgement?.findings ?? []).filter(({ itemId }) => !approved(itemId));
  const request = asJudged(file);
  return form3(request, findings, policy, { preserved: keptOf(file, request.items) });
}

/** As blocks; `at` is the day it is written. */
export function form3Blocks(file: RequestFile, policy: Policy, at: string): Block[] {
  const form = form3Of(file, policy);
  if (form === null) return [{ kind: 'paragraph', text: 'No finding about this order is a ground of Form 3.' }];
  return [...blocksOf(form), { kind: 'paragraph', text: `Written at ${at}.`, small: true }];
}

/** Rows that were frozen or collected are kept. Of anything else the file says nothing, and so does the form. */
function keptOf({ hold, collection }: RequestFile, items: readonly { id: string }[]): Preservation[] {
  const since = hold?.began ?? collection?.at;
  const counted = new Set([...(hold?.counts ?? []), ...(collection?.counts ?? [])].map(({ item }) => item));
  if (since === undefined) return [];
  return items.filter(({ id }) => counted.has(id)).map(({ id }) => ({ item: id, state: 'kept', since }));
}
