/**
 * A data directory in use: its keys, its ledger, its matters and the person acting.
 *
 * One process at a time holds a house, by the ledger's lock. What a process that was killed left half done is settled
 * when the next one opens the house, before it does anything else.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import { type Cabinet, cabinetIn } from '../custody/cabinet.ts';
import { type Keys, makeKeys, openKeys } from '../custody/keys.ts';
import { openRoll, type Roll } from '../entry/roll.ts';
import { clearStaging } from '../importing/import.ts';
import { Ledger } from '../ledger/ledger.ts';
import { readVkey } from '../ledger/verifier-key.ts';
import { Docket } from '../request/docket.ts';
import { importsOf } from '../store/segments.ts';
import { type Person, personOf } from './person.ts';
import { clearRemains } from './remains.ts';
import type { Shelf } from './shelf.ts';

/** What a ledger is called that nobody gave a name: it is told from others by its key alone. */
const UNNAMED = 'fourcorners.invalid/ledger';

const MATTER_ID = /^[a-z0-9-]{1,64}$/;
const REQUEST_ID = /^r-[0-9a-f]{10}$/;

export const newRequestId = (): string => `r-${randomBytes(5).toString('hex')}`;

export type Matter = { id: string; folder: string; key: Buffer; papers: Cabinet };

export type House = {
  dir: string;
  keys: Keys;
  ledger: Ledger;
  actor: Person;
  /** The same house with another person acting. */
  as(name: string): House;
  /** Throws `matter/not-found`. */
  matter(id: string): Matter;
  matters(): string[];
  newMatter(): Matter;
  /** The requests of this desk, opened when they are first wanted. */
  docket(): Docket;
  /** Whether there is such a request; opens no docket where none was ever made. */
  hasRequest(id: string): boolean;
  /** Who may enter and what they may do, opened when first wanted. */
  roll(): Roll;
  /** Opened records kept between acts, where a house is held open. */
  shelf?: Shelf | undefined;
  /** Lets acts on the same thing follow one another, where several act at once. */
  line?: (<T>(of: string, next: () => Promise<T>) => Promise<T>) | undefined;
  /** A digest of an input that tells nothing to whoever has not the key. */
  commitment(input: unknown, matter?: string): string;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The clock of the house. Order is the ledger's; this only says when a computer thought it was. */
export function now(): string {
  return new Date().toISOString();
}

/** Throws `house/exists` when there is a data directory. */
export function refuseHouse(dir: string): void {
  if (existsSync(join(dir, 'keys'))) {
    throw new Problem(
      'house/exists',
      `${dir} is a data directory already. Nothing was changed; name another with --data.`,
      { dir },
    );
  }
}

/** Makes a data directory. Throws `house/exists` when there is one. */
export async function makeHouse(dir: string, oversightRecipient: string, name = UNNAMED): Promise<{ vkey: string }> {
  refuseHouse(dir);
  const keys = join(dir, 'keys');
  for (const folder of ['keys', 'ledger', 'state', 'matters'])
    mkdirSync(join(dir, folder), { recursive: true, mode: 0o700 });
  makeKeys(keys, oversightRecipient);
  const ledger = await Ledger.create({ dir: join(dir, 'ledger'), origin: name, key: openKeys(keys).ledger, now });
  await using _ = ledger;
  return { vkey: ledger.vkey };
}

/** The name it was begun under. A changed one is none that its checkpoint is signed with, and the ledger does not open. */
function nameOfLedger(dir: string): string {
  const vkey = join(dir, 'ledger', 'log.vkey');
  return (existsSync(vkey) && readVkey(readFileSync(vkey, 'utf8').trimEnd())?.name) || UNNAMED;
}

/** Opens a data directory. Throws `house/none`, what keys throw and what the ledger throws. */
export async function openHouse(dir: string, actorName: string): Promise<House> {
  if (!existsSync(join(dir, 'keys'))) {
    throw new Problem(
      'house/none',
      `${dir} is not a data directory. Make one with \`fourcorners init\`, or name yours with --data or FOURCORNERS_DATA.`,
      { dir },
    );
  }
  const keys = openKeys(join(dir, 'keys'));
  const ledger = await Ledger.open({ dir: join(dir, 'ledger'), origin: nameOfLedger(dir), key: keys.ledger, now });
  try {
    const mattersFolder = join(dir, 'matters');
    const secret = keys.commitments;
    const docketPath = join(dir, 'state', 'docket.sqlite');
    let docket: Docket | undefined;
    let roll: Roll | undefined;
    const openDocket = () => {
      docket ??= new Docket(docketPath, keys.desk);
      return docket;
    };
    const house: House = {
      dir,
      keys,
      ledger,
      actor: personOf(actorName, join(dir, 'state'), secret),
      as: (name) => ({ ...house, actor: personOf(name, join(dir, 'state'), secret) }),
      matter(id) {
        const folder = join(mattersFolder, id);
        if (!MATTER_ID.test(id) || !existsSync(folder)) {
          throw new Problem('matter/not-found', `There is no matter ${id}. \`fourcorners matter list\` lists them.`, {
            matter: id,
          });
        }
        const key = keys.matter(id);
        return { id, folder, key, papers: cabinetIn(folder, key, id) };
      },
      matters: () =>
        readdirSync(mattersFolder)
          .filter((name) => MATTER_ID.test(name))
          .sort(),
      newMatter() {
        const id = `m-${randomBytes(5).toString('hex')}`;
        const key = keys.newMatter(id);
        const folder = join(mattersFolder, id);
        mkdirSync(folder, { mode: 0o700 });
        return { id, folder, key, papers: cabinetIn(folder, key, id) };
      },
      commitment(input, matter) {
        const key = matter && existsSync(join(mattersFolder, matter)) ? keys.matter(matter) : secret;
        return createHmac('sha256', key).update('input\n').update(canonical(input)).digest('hex');
      },
      docket: openDocket,
      roll() {
        roll ??= openRoll(dir, keys.desk);
        return roll;
      },
      hasRequest: (id) => REQUEST_ID.test(id) && existsSync(docketPath) && openDocket().has(id),
      async [Symbol.asyncDispose]() {
        docket?.[Symbol.dispose]();
        roll?.[Symbol.dispose]();
        await ledger.close();
      },
    };
    try {
      await settle(house);
    } catch (error) {
      docket?.[Symbol.dispose]();
      throw error;
    }
    return house;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/**
 * Ends what a killed process left open: an import that was renamed into place happened, an act of a request that is in the
 * docket happened, any other did not.
 */
async function settle(house: House): Promise<void> {
  for (const intent of house.ledger.pending()) {
    let result = 'aborted:crash';
    const { matter } = intent;
    const hasDocket = existsSync(join(house.dir, 'state', 'docket.sqlite'));
    if (hasDocket && house.docket().applied(intent.id)) result = 'ok:recovered';
    if (matter !== undefined && REQUEST_ID.test(matter)) {
      if (hasDocket && (intent.act === 'request.receive' || house.docket().has(matter)))
        clearRemains(join(house.dir, 'requests', matter), house.docket(), matter);
    } else if (matter !== undefined && existsSync(join(house.dir, 'matters', matter))) {
      const { folder, key, id } = house.matter(matter);
      const done = (await importsOf(folder, key, id)).some(({ papers }) => papers.act === intent.id);
      if (done) result = 'ok:recovered';
      clearStaging(folder);
    }
    await house.ledger.outcome(intent, { result });
  }
}
