/**
 * What an act wrote for a person: a folder in memory, kept for an hour, read only by whoever did the act.
 *
 * A browser's frame or download cannot sign its request, so a ticket stands for the signature: it opens one file, once,
 * within a minute, together with the cookie.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Problem } from '../base/problem.ts';
import { type MemoryFolder, memoryFolder } from '../custody/memory.ts';

const KEPT_MS = 60 * 60_000;
const TICKET_MS = 60_000;

export type Written = { id: string; files: { name: string; sizeBytes: number }[] };
type Kept = { person: string; memory: MemoryFolder; folder: string; files: Map<string, string>; timer: NodeJS.Timeout };
type Ticket = { person: string; path: string; name: string; asFile: boolean; until: number };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.csv': 'text/plain; charset=utf-8',
  '.json': 'text/plain; charset=utf-8',
};

export class Outputs {
  readonly #kept = new Map<string, Kept>();
  readonly #tickets = new Map<string, Ticket>();

  [Symbol.dispose](): void {
    for (const { timer, memory } of this.#kept.values()) {
      clearTimeout(timer);
      memory[Symbol.dispose]();
    }
    this.#kept.clear();
  }

  /** A folder for an act to write to; `keep` what it wrote, or dispose of it. */
  begin(): { folder: string; keep(person: string): Written; [Symbol.dispose](): void } {
    const memory = memoryFolder();
    const folder = join(memory.path, 'out');
    let isKept = false;
    return {
      folder,
      keep: (person) => {
        const names = filesIn(folder);
        const id = randomBytes(12).toString('hex');
        const timer = setTimeout(() => this.#drop(id), KEPT_MS).unref();
        this.#kept.set(id, {
          person,
          memory,
          folder,
          timer,
          files: new Map(names.map((name) => [name, join(folder, name)])),
        });
        isKept = true;
        return { id, files: names.map((name) => ({ name, sizeBytes: statSync(join(folder, name)).size })) };
      },
      [Symbol.dispose]: () => {
        if (!isKept) memory[Symbol.dispose]();
      },
    };
  }

  /** Throws `http/nothing-here`. */
  ticket(person: string, id: string, name: string, asFile: boolean, nowMs: number): string {
    const kept = this.#kept.get(id);
    const path = kept?.person === person ? kept.files.get(name) : undefined;
    if (path === undefined) throw nothingHere();
    for (const [old, { until }] of this.#tickets) if (until < nowMs) this.#tickets.delete(old);
    const ticket = randomBytes(18).toString('base64url');
    this.#tickets.set(ticket, { person, path, name, asFile, until: nowMs + TICKET_MS });
    return ticket;
  }

  /** Throws `http/nothing-here` for a ticket that was used, is old, or is another person's. */
  redeem(person: string, ticket: string, nowMs: number): { path: string; type: string; name: string; asFile: boolean } {
    const found = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (!found || found.person !== person || found.until < nowMs) throw nothingHere();
    const { path, name, asFile } = found;
    const type = asFile ? 'application/octet-stream' : (TYPES[extname(name)] ?? 'application/octet-stream');
    return { path, name, type, asFile };
  }

  #drop(id: string): void {
    this.#kept.get(id)?.memory[Symbol.dispose]();
    this.#kept.delete(id);
  }
}

export function nothingHere(): Problem {
  return new Problem('http/nothing-here', 'There is nothing here, or not for you.');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
