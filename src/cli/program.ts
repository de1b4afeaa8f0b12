/**
 * The command line: a loop over the operations, and nothing of its own.
 *
 * Output goes to standard output, everything else to standard error. Status 0 done, 1 a problem the caller can act on,
 * 2 wrong usage.
 */
import { userInfo } from 'node:os';
import { Command, CommanderError } from 'commander';
import { isProblem } from '../base/problem.ts';
import { OPERATIONS } from '../desk/desks.ts';
import type { Operation } from '../desk/operation.ts';
import { perform } from '../desk/perform.ts';
import { commandFor, givenBy } from './command.ts';
import { progressOn } from './progress.ts';

const program = new Command('fourcorners')
  .description('Records, within the four corners of the warrant: the open system for data obtained by legal process.')
  .option(
    '--data <dir>',
    'the data directory (or FOURCORNERS_DATA)',
    process.env['FOURCORNERS_DATA'] ?? 'fourcorners-data',
  )
  .option('--as <name>', 'who acts (or FOURCORNERS_AS)', process.env['FOURCORNERS_AS'] ?? userInfo().username)
  .option('--json', 'print the output as one JSON document')
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(add --help for what a command takes, with an example)')
  .exitOverride();

for (const operation of OPERATIONS) commandFor(program, operation, (command) => act(operation, command));

async function act(operation: Operation, command: Command): Promise<void> {
  const { data, as, json } = command.optsWithGlobals() as { data: string; as: string; json?: boolean };
  const given = givenBy(operation, command);
  if (operation.streams && json) given['format'] = 'json';
  const progress = progressOn(process.stderr);
  try {
    const output = await perform(operation, given, { dir: data, actor: as, progress: progress.say, out: written });
    progress.end();
    if (operation.streams) return;
    if (json) await written(`${JSON.stringify(output, null, 2)}\n`);
    else await written(`${operation.show ? operation.show(output) : JSON.stringify(output, null, 2)}\n`);
    const objection = operation.objection?.(output) ?? null;
    if (objection) fail(objection.code, objection.message);
  } finally {
    progress.end();
  }
}

function written(bytes: Uint8Array | string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(bytes, (error) => (error ? failed(error) : done()));
  });
}

function fail(code: string, message: string): void {
  process.stderr.write(`${code}: ${message}\n`);
  process.exitCode = 1;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (isProblem(error)) {
    if (error.code === 'input/invalid') process.stderr.write(`${error.code}: ${error.message}\n`);
    else fail(error.code, error.message);
    process.exitCode = error.code === 'input/invalid' ? 2 : 1;
  } else if ((error as NodeJS.ErrnoException)?.code === 'EPIPE') process.exitCode = 0;
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
