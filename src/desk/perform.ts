/**
 * The one door. Every operation of every desk goes through here and nowhere else, so nothing is done unlogged.
 *
 * Intent in the ledger and on the disk, then the effect, then the outcome. A refusal is an outcome too. What is not a
 * `Problem` is a bug: it is recorded as failed and thrown on.
 */
import type { z } from 'zod';
import { digestOf } from '../base/canonical.ts';
import { isProblem, Problem } from '../base/problem.ts';
import type { SealedPlace } from '../custody/framed.ts';
import { fieldWords } from './field-words.ts';
import { type House, newRequestId, openHouse } from './house.ts';
import type { HouseOperation, Operation, Task, Told } from './operation.ts';
import { systemProblem } from './system.ts';

export type Caller = {
  dir: string;
  actor: string;
  /** A house that is held open; without one it is opened for this act. */
  within?: <T>(actor: string, run: (house: House) => Promise<T>) => Promise<T>;
  /** Asked in the house, before anything is entered: throws when this person may not do this. */
  mayDo?: (house: House, operation: HouseOperation, input: Record<string, unknown>) => void;
  /** Whether this person works in a matter; in all of them unless given. */
  reaches?: (matter: string) => boolean;
  /** How the caller showed who they are, kept with the act. */
  shown?: { key?: string } | undefined;
  /** Files too large to lie open: their paths in the input, and where they lie sealed. */
  sealed?: ReadonlyMap<string, SealedPlace>;
  /** Told the id of the act's entry, once it is on the disk. */
  begun?: (act: string) => void;
  out?: (bytes: Uint8Array | string) => Promise<void>;
  progress?: (text: string) => void;
  signal?: AbortSignal;
};

/**
 * Checks the input, does it, and returns the operation's output. Throws `input/invalid` naming the field, and
 * `system/refused` when the machine does not let it be done.
 */
export async function perform(operation: Operation, given: unknown, caller: Caller): Promise<unknown> {
  try {
    return await performed(operation, given, caller);
  } catch (error) {
    throw systemProblem(error) ?? error;
  }
}

async function performed(operation: Operation, given: unknown, caller: Caller): Promise<unknown> {
  const parsed = operation.input.safeParse(given, { error: fieldWords });
  if (!parsed.success) {
    const fields = (parsed.error as z.ZodError).issues.map((issue) => ({
      field: issue.path.join('.'),
      says: issue.message,
    }));
    throw new Problem('input/invalid', fields.map(({ field, says }) => `${field || 'input'}: ${says}`).join('; '), {
      fields,
    });
  }
  const input = parsed.data as Record<string, unknown>;
  const task: Task = {
    act: '',
    begins: operation.begins === 'request' ? newRequestId() : '',
    out: caller.out ?? (async () => {}),
    progress: caller.progress ?? (() => {}),
    tell: () => {},
    reaches: caller.reaches ?? (() => true),
    ...(caller.sealed ? { sealed: caller.sealed } : {}),
    part: () => Promise.reject(new TypeError('an act without a house has no parts')),
    ...(caller.signal ? { signal: caller.signal } : {}),
  };
  if (operation.needs === 'nothing') return await operation.run({ dir: caller.dir, actor: caller.actor }, input, task);
  const within = caller.within ?? ((actor, run) => inHouse(caller.dir, actor, run));
  return await within(caller.actor, async (house) => {
    caller.mayDo?.(house, operation, input);
    const chain = task.begins || chainOf(house, input);
    const act = () =>
      entered(house, operation, chain, input, task, (inner) => operation.run(house, input, inner), caller);
    return operation.op === 'consultation' || !house.line ? await act() : await house.line(chain ?? 'desk', act);
  });
}

async function inHouse<T>(dir: string, actor: string, run: (house: House) => Promise<T>): Promise<T> {
  await using house = await openHouse(dir, actor);
  return await run(house);
}

/** Intent, effect, outcome: of a whole act, and of each part of an act that is about several requests. */
async function entered<T>(
  house: House,
  operation: HouseOperation,
  chain: string | undefined,
  input: unknown,
  task: Task,
  run: (task: Task) => Promise<T>,
  { shown, begun }: Pick<Caller, 'shown' | 'begun'> = {},
): Promise<T> {
  const told: Told[] = [];
  const intent = await house.ledger.intent({
    act: operation.words.replaceAll(' ', '.'),
    op: operation.op,
    actor: house.actor.pseudonym,
    desk: operation.desk,
    input: house.commitment(input, chain),
    ...(shown === undefined ? {} : { detail: digestOf(shown) }),
    ...(chain ? { matter: chain } : {}),
  });
  if (shown !== undefined) house.roll().keepStatement(intent.id, shown);
  begun?.(intent.id);
  const within: Task = {
    ...task,
    act: intent.id,
    tell: (more) => told.push(more),
    part: (of, each) => entered(house, operation, of, { partOf: intent.id, of }, task, each),
  };
  try {
    const output = await run(within);
    await house.ledger.outcome(intent, { result: 'ok', ...Object.assign({}, ...told) });
    return output;
  } catch (error) {
    const problem = isProblem(error) ? error : systemProblem(error);
    await house.ledger.outcome(intent, { result: problem ? `problem:${problem.code}` : 'failed' });
    throw error;
  }
}

/** The matter or the request an act is of: the ledger keeps a chain for each, so nobody can leave one of its acts out. */
function chainOf(house: House, input: Record<string, unknown>): string | undefined {
  const { matter, request } = input;
  if (typeof matter === 'string' && house.matters().includes(matter)) return matter;
  return typeof request === 'string' && house.hasRequest(request) ? request : undefined;
}
