/** Files for tests and benches: an invented request received, verified and judged, without a desk around it. */
import type { LegalRequest } from '../instrument/legal-request.ts';
import type { Act, Done, Who } from './act.ts';
import { opened, type RequestFile, taken } from './file.ts';
import type { State } from './way.ts';

export const REVIEWER: Who = { name: 'R. Alder', pseudonym: 'p-0' };

/** The file of a request that has just come. */
export function receivedFile(request: LegalRequest, id = request.id, by: Who = REVIEWER): RequestFile {
  return opened(id, receiveAct(request, by));
}

export function receiveAct(request: LegalRequest, by: Who = REVIEWER): Extract<Act, { act: 'receive' }> {
  const { id: _id, version: _version, receivedAt, tz, documents, requester, targets, ...rest } = request;
  const { auth, callback: _callback, secondVerifier: _second, ...named } = requester;
  const demand = { ...rest, requester: named, targets: targets.map(({ resolves: _resolves, ...target }) => target) };
  const done: Extract<Done, { act: 'receive' }> = {
    act: 'receive',
    demand,
    documents: documents.map((document) => ({ ...document, sizeBytes: 1000, mediaType: 'application/pdf' })),
    auth,
    tz,
    intake: { by: 'form', messageId: null, notes: [] },
    same: [],
    policy: 0,
  };
  return {
    ...done,
    seq: 0,
    at: new Date(receivedAt).toISOString(),
    recordedAt: receivedAt,
    by,
    entry: 'e-0',
    salt: 's',
  };
}

/** The file after these acts, each of which leads to the state beside it. No guard is asked. */
export function fileAfter(file: RequestFile, ...steps: [Done, State, (string | undefined)?][]): RequestFile {
  return steps.reduce((so, [done, state, at]) => {
    const when = at ?? so.lastAt;
    const act: Act = {
      ...done,
      seq: so.seq + 1,
      at: when,
      recordedAt: when,
      by: REVIEWER,
      entry: `e-${so.seq + 1}`,
      salt: 's',
    };
    return taken(so, act, state);
  }, file);
}
