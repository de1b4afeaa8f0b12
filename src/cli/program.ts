/**
 * The command line: a loop over the operations, and nothing of its own.
 *
 * Output goes to standard output, everything else to standard error. Status 0 done, 1 a problem the caller can act on,
 * 2 wrong usage.
 */
import { userInfo } from 'node:os';
import { Command, CommanderError } from 'commander';
import { isProblem, Problem } from '../base/problem.ts';
import { OPERATIONS } from '../desk/desks.ts';
import type { Operation, ServedOn } from '../desk/operation.ts';
import { perform } from '../desk/perform.ts';
import { addHelp, commandFor, givenBy, refuseAsUsage } from './command.ts';

/** Where a line's words go: what is printed, and what is said beside it. */
export type Said = {
  /** Resolves when it is written; a broken pipe is told by its code. */
  print(bytes: Uint8Array | string): Promise<void>;
  say(text: string): void;
  /** Shown on a terminal while long work goes on. */
  progress: { say(text: string): void; end(): void };
};

/** One line: its words, as after the program's name. Gives the status to end with. */
export async function runLine(words: string[], said: Said): Promise<number> {
  try {
    const status = { code: 0 };
    await programFor(said, status).parseAsync(words, { from: 'user' });
    return status.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (isProblem(error)) return refused(said, error.code, error.message);
    if ((error as NodeJS.ErrnoException)?.code === 'EPIPE') return 0;
    const { stack, message } = (error ?? {}) as Partial<Error>;
    said.say(
      `bug: ${process.env['FOURCORNERS_DEBUG'] ? (stack ?? String(error)) : String(message ?? error).split('\n')[0]}\n` +
        'This is a fault of the program, not of your input. The act is recorded as failed; set FOURCORNERS_DEBUG=1 to see where.\n',
    );
    return 1;
  }
}

function programFor(said: Said, status: { code: number }): Command {
  const program = new Command('fourcorners')
    .description('Records, within the four corners of the warrant: the open system for data obtained by legal process.')
    .option(
      '--data <dir>',
      'the data directory (or FOURCORNERS_DATA)',
      process.env['FOURCORNERS_DATA'] || 'fourcorners-data',
    )
    .option('--as <name>', 'who acts (or FOURCORNERS_AS)', process.env['FOURCORNERS_AS'] ?? userName())
    .option('--json', 'print the output as one JSON document')
    // A word's own options end where the next word begins: `produce` and `produce check` both take --request.
    .enablePositionalOptions()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => void said.print(text), outputError: () => {} });
  refuseAsUsage(program, '');
  for (const operation of OPERATIONS) {
    const isGroup = OPERATIONS.some(({ words }) => words.startsWith(`${operation.words} `));
    const takes = async (command: Command) => {
      status.code = await act(operation, command, said);
    };
    commandFor(program, operation, takes, isGroup);
  }
  addHelp(program);
  return program;
}

async function act(operation: Operation, command: Command, said: Said): Promise<number> {
  const { data, as, json } = saidOn(command) as { data: string; as: string; json?: boolean };
  if (data.trim() === '') throw new Problem('input/usage', '--data: name a folder. Nothing was done.');
  const given = givenBy(operation, command);
  if (operation.streams && json) given['format'] = 'json';
  const { progress, print } = said;
  try {
    const output = await perform(operation, given, { dir: data, actor: as, progress: progress.say, out: print });
    progress.end();
    if (operation.streams) return 0;
    if (json) await print(`${JSON.stringify(output, null, 2)}\n`);
    else await print(`${operation.show ? operation.show(output) : JSON.stringify(output, null, 2)}\n`);
    const folder = json ? null : (operation.shows?.(output) ?? null);
    if (folder) {
      const { show } = await import('../http/show.ts');
      const { url } = await show(folder.folder, folder.port);
      said.say(`\nOpen ${url} in a browser. Ctrl-C ends it.\n`);
    }
    const served = json ? null : (operation.serves?.(output) ?? null);
    if (served) await serveOn(served, said);
    const objection = operation.objection?.(output) ?? null;
    return objection ? refused(said, objection.code, objection.message) : 0;
  } catch (error) {
    if (isProblem(error) && error.code === 'input/invalid') {
      throw new Problem(
        error.code,
        `${error.message}. Nothing was done; \`fourcorners ${operation.words} --help\` says what it takes.`,
      );
    }
    throw error;
  } finally {
    progress.end();
  }
}

/** Serves until it is told to end; what is being done then is finished first. */
async function serveOn(served: ServedOn, said: Said): Promise<void> {
  // Loaded when it is wanted: no other command needs a server.
  const { serve } = await import('../http/serve.ts');
  const { url, firstCode, close } = await serve(served);
  const first =
    firstCode === null
      ? ''
      : `\nNobody is on the roll yet. The first person enters with this code: ${firstCode}\n${url}#code=${firstCode}\n`;
  said.say(`${first}\nOpen ${url} in a browser. Ctrl-C ends it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}

/** The options of every command, wherever they stand; what stands nearest to the command goes before. */
function saidOn(command: Command | null): Record<string, unknown> {
  return command === null ? {} : { ...saidOn(command.parent), ...command.opts() };
}

/** One line: what a file or an argument holds must not steer the terminal it is shown on. */
function refused(said: Said, code: string, message: string): number {
  said.say(`${code}: ${message.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')}\n`);
  return code.startsWith('input/') && code !== 'input/no-file' ? 2 : 1;
}

/** Who is at this machine, where it knows. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
