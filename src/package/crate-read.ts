/**
 * Whether an RO-Crate says of the payload what the payload is: exactly these files, with these sizes and digests, and the
 * paper, the custodian and the software by name. Takes versions 1.1, 1.2 and 1.3; no vocabulary is looked up anywhere.
 */
import type { Digests } from './bag-digests.ts';
import { CRATE_FILE, crateId } from './crate.ts';

const VERSIONS = ['1.1', '1.2', '1.3'];

export type CrateTrouble = { place: string; said: string };
type Entity = Record<string, unknown> & { '@id': string };

/**
 * `payload` are the files below `data/` by path, the crate's own left out; `missing` are those known to be missing, which
 * is said elsewhere.
 */
export function checkCrate(
  bytes: Uint8Array,
  payload: ReadonlyMap<string, Digests>,
  missing: ReadonlySet<string>,
): { version: string; troubles: CrateTrouble[] } | string {
  const graph = graphOf(bytes);
  if (typeof graph === 'string') return graph;
  const { version, entities } = graph;
  const root = entities.get('./');
  if (root === undefined || !typesOf(root).includes('Dataset')) return 'it has no root data set';
  const own = `data/${CRATE_FILE}`;
  const troubles: CrateTrouble[] = [];
  const wrong = (place: string, said: string) => troubles.push({ place, said });
  for (const field of ['name', 'description', 'datePublished', 'license'])
    if (!isFilled(root[field])) wrong(own, `the root has no ${field}`);
  const one = (from: Entity | undefined, field: string) => entities.get(idsIn(from?.[field])[0] ?? '');
  const custodian = one(root, 'author');
  if (custodian === undefined || !isFilled(custodian['name'])) wrong(own, 'no custodian is named as author');
  if (!isFilled(one(root, 'isBasedOn')?.['name'])) wrong(own, 'the paper it is based on is not named');
  const actions = [...entities.values()].filter((entity) => typesOf(entity).includes('CreateAction'));
  if (!actions.some((action) => isFilled(one(action, 'instrument')?.['name']) && one(action, 'agent') !== undefined))
    wrong(own, 'no act of making it names its software and who did it');
  const listed = new Set(idsIn(root['hasPart']));
  const expected = new Map([...payload].map(([path, digests]) => [crateId(path), { path, digests }]));
  for (const path of missing) expected.delete(crateId(path));
  for (const id of listed)
    if (!expected.has(id) && !missing.has(pathOf(id))) wrong(own, 'it lists a file that is not here');
  for (const [id, { path, digests }] of expected) {
    const entity = entities.get(id);
    if (!listed.has(id) || entity === undefined) wrong(path, 'the crate does not list it');
    else if (!typesOf(entity).includes('File')) wrong(path, 'the crate does not call it a file');
    else if (entity['contentSize'] !== String(digests.sizeBytes)) wrong(path, 'the crate has another size for it');
    else if (entity['sha256'] !== digests.hex['sha256']) wrong(path, 'the crate has another SHA-256 for it');
    else if (!isFilled(entity['encodingFormat'])) wrong(path, 'the crate does not say what sort of file it is');
  }
  return { version, troubles };
}

function graphOf(bytes: Uint8Array): { version: string; entities: Map<string, Entity> } | string {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'it is not JSON';
  }
  const { '@context': context, '@graph': graph } = (document ?? {}) as Record<string, unknown>;
  if (!Array.isArray(graph)) return 'it has no graph';
  const entities = new Map<string, Entity>();
  for (const entity of graph) {
    const id: unknown = entity?.['@id'];
    if (typeof id !== 'string' || entities.has(id)) return 'an entity has no id of its own';
    entities.set(id, entity as Entity);
  }
  const descriptor = entities.get(CRATE_FILE);
  const conforms = idsIn(descriptor?.['conformsTo']);
  const version = VERSIONS.find((known) => conforms.includes(`https://w3id.org/ro/crate/${known}`));
  if (version === undefined) return 'it follows a version of RO-Crate that is not known';
  const contexts = Array.isArray(context) ? context : [context];
  if (!contexts.includes(`https://w3id.org/ro/crate/${version}/context`)) return 'its context is of another version';
  if (idsIn(descriptor?.['about'])[0] !== './') return 'it is about no root';
  return { version, entities };
}

function pathOf(id: string): string {
  try {
    return `data/${id.split('/').map(decodeURIComponent).join('/')}`;
  } catch {
    return '';
  }
}

function idsIn(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => (typeof one?.['@id'] === 'string' ? [one['@id'] as string] : []));
}

function typesOf(entity: Entity): unknown[] {
  const type = entity['@type'];
  return Array.isArray(type) ? type : [type];
}

const isFilled = (value: unknown) =>
  (typeof value === 'string' && value.trim() !== '') || (typeof value === 'object' && value !== null);
