/** Runs commands as whole processes and reads what they cost: wall time, and memory of the process and its children. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export type Cost = { seconds: number; peakMiB: number; out: string };

/** Peak of the resident memory of a process and all below it, sampled every 20 ms, shared memory files included. */
export function run(command: string[], env: NodeJS.ProcessEnv = process.env): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command[0]!, command.slice(1), { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    let peakMiB = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const sampler = setInterval(() => {
      peakMiB = Math.max(peakMiB, residentMiB(child.pid!) + memoryFilesMiB());
    }, 20);
    child.on('exit', (code) => {
      clearInterval(sampler);
      if (code === 0) resolve({ seconds: (performance.now() - began) / 1000, peakMiB, out });
      else reject(new Error(`${command.join(' ')} ended with ${code}`));
    });
  });
}

function residentMiB(pid: number): number {
  try {
    const own = Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return (
      own +
      below
        .split(' ')
        .filter(Boolean)
        .reduce((sum, child) => sum + residentMiB(Number(child)), 0)
    );
  } catch {
    return 0;
  }
}

function memoryFilesMiB(): number {
  const { stdout } = spawnSync('du', ['-sm', '--', ...folders()], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
}

function folders(): string[] {
  const found = readdirSync('/dev/shm').filter((name) => name.startsWith('fourcorners-'));
  return found.length > 0 ? found.map((name) => `/dev/shm/${name}`) : ['/nonexistent'];
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}
