#!/usr/bin/env node
// Starts the command line under the Node this package brings, whatever Node the machine has.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const child = spawn(ownNode(), [main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});

function ownNode() {
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = createRequire(import.meta.url)
      .resolve(`${name}/package.json`)
      .replace(/package\.json$/, '');
    for (const file of ['bin/node', 'bin/node.exe']) if (existsSync(folder + file)) return folder + file;
  } catch {
    // Not installed for this platform: said below.
  }
  console.error(
    `node/too-old: Fourcorners needs Node 26. Run \`npm ci --ignore-scripts\` in the checkout, or install Node 26; this is ${process.version}.`,
  );
  process.exit(1);
}
