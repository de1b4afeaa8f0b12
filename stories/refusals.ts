/** Making a wrong call, and what every refusal owes whoever made it. */
import assert from 'node:assert/strict';
import { Command } from 'commander';
import { isProblem } from '../src/base/problem.ts';
import { addHelp, commandFor, givenBy, refuseAsUsage } from '../src/cli/command.ts';
import { OPERATIONS } from '../src/desk/desks.ts';
import type { Operation } from '../src/desk/operation.ts';
import { perform } from '../src/desk/perform.ts';
import type { Office, Ran } from './command.ts';

/** The commands as the command line has them, in this process; `written` gets what goes to standard output. */
export function commandsHere(
  data: string,
  act: (operation: Operation, command: Command) => Promise<void>,
  written: (text: string) => void = () => {},
): Command {
  const program = new Command('fourcorners').option('--data <dir>', '', data).option('--as <name>', '', 'R. Alder');
  program.configureOutput({ outputError: () => {}, writeOut: written, writeErr: () => {} });
  refuseAsUsage(program, '');
  for (const operation of OPERATIONS) commandFor(program, operation, (command) => act(operation, command));
  addHelp(program);
  return program;
}

const AT_THE_LINE = new Set<string>();

/** The first call of each code as a person makes it; further ones by the same parser and door in this process. */
export async function called(desk: Office, code: string, words: string[]): Promise<Ran> {
  if (!AT_THE_LINE.has(code)) {
    AT_THE_LINE.add(code);
    return desk.run(...words);
  }
  const found: { code: string; message: string }[] = [];
  const program = commandsHere(desk.data, async (operation, command) => {
    const { data, as } = command.optsWithGlobals() as { data: string; as: string };
    const output = await perform(operation, givenBy(operation, command), { dir: data, actor: as });
    const objection = operation.objection?.(output);
    if (objection) found.push(objection);
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!isProblem(error)) throw error;
    found.push(error);
  }
  const err = found.map((problem) => `${problem.code}: ${problem.message}`.replaceAll(/\p{Cc}+/gu, ' ')).join('\n');
  return { status: found.length === 0 ? 0 : statusOf(found[0]!.code), out: '', err, json: () => ({}) };
}

function statusOf(code: string): number {
  return /^input\/(usage|invalid)$/.test(code) ? 2 : 1;
}

/** What every refusal owes the caller. */
export function refused(ran: Ran, code: string, place: RegExp, label: string): void {
  assert.equal(ran.status, statusOf(code), `${label}: ${ran.err}`);
  const line = ran.err.trimEnd().split('\n').at(-1)!;
  assert.ok(line.startsWith(`${code}: `), `${label}: ${ran.err}`);
  assert.match(line, place, label);
  assert.doesNotMatch(ran.err, /^\s+at |\bbug:|node:internal|\/src\/|\.ts\b|\[object/m, label);
  assert.doesNotMatch(ran.err.replaceAll('\n', ''), /\p{Cc}/u, `${label}: nothing that steers a terminal`);
}
