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
import { show } from '../http/show.ts';
import { addHelp, commandFor, givenBy, refuseAsUsage } from './command.ts';
import { progressOn } from './progress.ts';

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
  .configureOutput({ outputError: () => {} });
refuseAsUsage(program, '');

for (const operation of OPERATIONS) {
  const isGroup = OPERATIONS.some(({ words }) => words.startsWith(`${operation.words} `));
  commandFor(program, operation, (command) => act(operation, command), isGroup);
}
addHelp(program);

async function act(operation: Operation, command: Command): Promise<void> {
  const { data, as, json } = saidOn(command) as { data: string; as: string; json?: boolean };
  if (data.trim() === '') throw new Problem('input/usage', '--data: name a folder. Nothing was done.');
  const given = givenBy(operation, command);
  if (operation.streams && json) given['format'] = 'json';
  const progress = progressOn(process.stderr);
  try {
    const output = await perform(operation, given, { dir: data, actor: as, progress: progress.say, out: written });
    progress.end();
    if (operation.streams) return;
    if (json) await written(`${JSON.stringify(output, null, 2)}\n`);
    else await written(`${operation.show ? operation.show(output) : JSON.stringify(output, null, 2)}\n`);
    const folder = json ? null : (operation.shows?.(output) ?? null);
    if (folder) {
      const { url } = await show(folder.folder, folder.port);
      process.stderr.write(`\nOpen ${url} in a browser. Ctrl-C ends it.\n`);
    }
    const served = json ? null : (operation.serves?.(output) ?? null);
    if (served) await serveOn(served);
    const objection = operation.objection?.(output) ?? null;
    if (objection) fail(objection.code, objection.message);
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
async function serveOn(served: ServedOn): Promise<void> {
  // Loaded when it is wanted: no other command needs a server.
  const { serve } = await import('../http/serve.ts');
  const { url, firstCode, close } = await serve(served);
  const first =
    firstCode === null
      ? ''
      : `\nNobody is on the roll yet. The first person enters with this code: ${firstCode}\n${url}#code=${firstCode}\n`;
  process.stderr.write(`${first}\nOpen ${url} in a browser. Ctrl-C ends it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}

/** The options of every command, wherever they stand; what stands nearest to the command goes before. */
function saidOn(command: Command | null): Record<string, unknown> {
  return command === null ? {} : { ...saidOn(command.parent), ...command.opts() };
}

function written(bytes: Uint8Array | string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(bytes, (error) => (error ? failed(error) : done()));
  });
}

/** One line: what a file or an argument holds must not steer the terminal it is shown on. */
function fail(code: string, message: string): void {
  process.stderr.write(`${code}: ${message.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')}\n`);
  process.exitCode = code.startsWith('input/') && code !== 'input/no-file' ? 2 : 1;
}

/** Who is at this machine, where it knows. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

// A reader that left wants no more; any other failure to write is the act's, told by the write itself.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (isProblem(error)) fail(error.code, error.message);
  else if ((error as NodeJS.ErrnoException)?.code === 'EPIPE') process.exitCode = 0;
  else {
    process.stderr.write(
      `bug: ${process.env['FOURCORNERS_DEBUG'] ? ((error as Error)?.stack ?? String(error)) : String((error as Error)?.message ?? error).split('\n')[0]}\n`,
    );
    process.stderr.write(
      'This is a fault of the program, not of your input. The act is recorded as failed; set FOURCORNERS_DEBUG=1 to see where.\n',
    );
    process.exitCode = 1;
  }
}
