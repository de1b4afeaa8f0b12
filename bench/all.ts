/** Every figure the project claims, one after another. `npm run bench`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

for (const [name, ...words] of [['import.ts', '1000000', '10000000'], ['meta.ts'], ['timeline.ts']] as [
  string,
  ...string[],
][]) {
  console.log(`\n${name} ${words.join(' ')}`);
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...words], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
