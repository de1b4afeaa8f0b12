#!/usr/bin/env node
/** Where the command line begins: one line, on this process's own streams. Its compiled form is kept for the next call. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const [{ runLine }, { progressOn }] = await Promise.all([import('./program.ts'), import('./progress.ts')]);

// A reader that left wants no more; any other failure to write is the act's, told by the write itself.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

process.exitCode = await runLine(process.argv.slice(2), {
  print: (bytes) =>
    new Promise((done, failed) => {
      process.stdout.write(bytes, (error) => (error ? failed(error) : done()));
    }),
  say: (text) => void process.stderr.write(text),
  progress: progressOn(process.stderr),
});
