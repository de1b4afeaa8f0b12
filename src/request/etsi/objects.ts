/** The objects of an HI-1 request: what is done with which, their tasks, and the documents among them. */
import { Buffer } from 'node:buffer';
import { sha256 } from '../../base/digest.ts';
import { Problem } from '../../base/problem.ts';
import type { EtsiNotes } from './notes.ts';
import type { Task } from './tasks.ts';
import { child, down, type Element, idOf, markRead, textOf, wordOf } from './xml.ts';

export type EtsiDocument = { name: string; mediaType: string; bytes: Uint8Array };

export type Hi1Object = { action: string; type: string; id: string | null; element: Element };

export function objectsIn(root: Element): Hi1Object[] {
  const requests = down(root, 'Payload/RequestPayload/ActionRequests');
  if (root.name !== 'HI1Message' || !requests) {
    const why = root.name === 'HI1Message' ? 'it has no action requests' : `its root is ${root.name}`;
    throw new Problem('request/not-etsi', `The message is no HI-1 request: ${why}. Nothing was received.`, {
      root: root.name,
    });
  }
  return requests.children.flatMap((request) => {
    textOf(child(request, 'ActionIdentifier'));
    return request.children.flatMap((action) => {
      const element = child(action, 'HI1Object');
      if (!element) return [];
      const id = idOf(child(element, 'ObjectIdentifier')) ?? null;
      textOf(child(element, 'OwnerIdentifier'));
      textOf(child(element, 'CountryCode'));
      const associated = child(element, 'AssociatedObjects');
      if (associated) markRead(associated);
      return [{ action: action.name, type: element.type ?? '', id, element }];
    });
  });
}

/** An item's id can hold letters, digits, dots and hyphens, and room is kept for the number of its part. */
export function tasksIn(objects: readonly Hi1Object[], notes: EtsiNotes): Task[] {
  const taken = new Set<string>();
  const tasks = objects.filter(({ type }) => type === 'LDTaskObject' || type === 'LPTaskObject');
  return tasks.map(({ id, element }, index) => {
    let own = id !== null && /^[A-Za-z0-9_-]{1,36}$/.test(id) ? id : `task-${index + 1}`;
    if (taken.has(own)) own = `task-${index + 1}`;
    while (taken.has(own)) own = `${own}x`;
    taken.add(own);
    if (own !== id)
      notes.add(element.place, `The identifier of this task (${id ?? 'none'}) cannot be used; its items are ${own}.`);
    return { id: own, element };
  });
}

export type Filed = { type: string; document: EtsiDocument | null };

export function documentIn({ element }: Hi1Object, index: number, notes: EtsiNotes): Filed[] {
  const type = wordOf(child(element, 'DocumentType')) ?? '';
  const name = notes.text(child(element, 'DocumentName')) ?? `document-${index + 1}`;
  const body = child(element, 'DocumentBody');
  const contents = child(body, 'Contents');
  const mediaType = idOf(child(body, 'ContentType')) ?? 'application/octet-stream';
  const checksum = textOf(child(body, 'Checksum'));
  wordOf(child(body, 'ChecksumType'));
  if (!contents) return [{ type, document: null }];
  const text = (textOf(contents) ?? '').replace(/\s+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    notes.add(contents.place, `The document “${name}” is not valid base64 and was not taken out.`);
    return [{ type, document: null }];
  }
  const bytes = Buffer.from(text, 'base64');
  if (checksum !== undefined) {
    const digest = sha256(bytes);
    const inBase64 = Buffer.from(digest, 'hex').toString('base64');
    if (checksum.toLowerCase() !== digest && checksum !== inBase64)
      notes.add(body!.place, `The checksum stated for “${name}” is not its SHA-256.`);
  }
  return [{ type, document: { name, mediaType, bytes: new Uint8Array(bytes) } }];
}

/** The order an object belongs to: itself an authorisation, or associated with one. */
export function subjectOf(authorisation: Hi1Object | undefined, objects: readonly Hi1Object[]): string | undefined {
  if (authorisation?.id) return authorisation.id;
  for (const { element } of objects) {
    const first = idOf(child(element, 'AssociatedObjects')?.children[0]);
    if (first) return first;
  }
  return undefined;
}
