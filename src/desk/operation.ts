/**
 * An operation: everything a person can do, declared once. Command line, HTTP, help and ledger entry follow from it.
 *
 * `run` is the story in a few lines; it gets an opened house and a checked input, and returns what `--json` prints.
 */
import type { z } from 'zod';
import type { SealedPlace } from '../custody/framed.ts';
import type { House } from './house.ts';

export type Desk = 'provider' | 'examiner' | 'oversight' | 'everyone';

/** What the ledger says of an act beyond its name; digests and counts, never content. */
export type Told = { objects?: { count: number; digest: string }; counts?: Record<string, number> };

export type Task = {
  /** Says how far long work has come. */
  progress(text: string): void;
  /** Takes bytes for the caller, for output too long to be one document. */
  out(bytes: Uint8Array | string): Promise<void>;
  /** Adds to the ledger entry of this act. */
  tell(told: Told): void;
  /** The id of this act's intent in the ledger; empty for operations that need no house. */
  act: string;
  /** A part of an act about several requests or matters: entered by itself, in the chain of the one it is about. */
  part<T>(of: string, run: (task: Task) => Promise<T>): Promise<T>;
  /** The id of the request that this act begins; empty for every other act. */
  begins: string;
  /** Whether whoever asks works in this matter; on the command line everything is reached. */
  reaches(matter: string): boolean;
  /** Files of the input that lie sealed, by the path the input has for them; only an import reads such. */
  sealed?: ReadonlyMap<string, SealedPlace>;
  signal?: AbortSignal;
};

export type ServedOn = {
  dir: string;
  port: number;
  origin?: string | undefined;
  tls?: { key: string; cert: string } | undefined;
  oidc?: string | undefined;
};

type Declared<I extends z.ZodObject, O> = {
  /** The command's words, `matter create`. */
  words: string;
  desk: Desk;
  /** What the act is in the ledger's terms (Directive (EU) 2016/680, Article 25). */
  op: 'collection' | 'alteration' | 'consultation' | 'disclosure' | 'combination' | 'erasure' | 'governance';
  /** One sentence for help and the reference page. */
  does: string;
  example: string;
  input: I;
  /** Set when the act begins a request: its id is chosen before the act, so that the ledger's chain of it starts here. */
  begins?: 'request';
  /** Input fields given without a flag, in order; a last one ending in `...` takes the rest. */
  positional?: string[];
  /** The input field that takes options no one declared, such as a question's parameters. */
  open?: string;
  /** The problem an output states, when what was asked for is a verdict; it is printed and the status is 1. */
  objection?(output: O): { code: string; message: string } | null;
  /** A folder to show in a browser afterwards, and on which port; null for none. */
  shows?(output: O): { folder: string; port: number } | null;
  /** A data directory to serve the workbench on afterwards; null for none. */
  serves?(output: O): ServedOn | null;
  /** Set when the operation writes its output through `task.out` itself. */
  streams?: true;
  /** What a person at a terminal sees; the same facts as the output. */
  show?(output: O): string;
};

export type HouseOperation<I extends z.ZodObject = z.ZodObject, O = unknown> = Declared<I, O> & {
  needs: 'house';
  run(house: House, input: z.infer<I>, task: Task): Promise<O>;
};

export type FreeOperation<I extends z.ZodObject = z.ZodObject, O = unknown> = Declared<I, O> & {
  needs: 'nothing';
  /** `place` is where the data directory is or would be, and who acts. */
  run(place: { dir: string; actor: string }, input: z.infer<I>, task: Task): Promise<O>;
};

// biome-ignore lint/suspicious/noExplicitAny: a list of operations holds every input and output.
export type Operation = HouseOperation<any, any> | FreeOperation<any, any>;

/** The words stay a literal type, so that the web client knows each operation by them. */
export function operation<const W extends string, I extends z.ZodObject, O>(
  declared: Omit<HouseOperation<I, O>, 'needs'> & { words: W },
): HouseOperation<I, O> & { words: W } {
  return { ...declared, needs: 'house' };
}

/** An operation that needs no data directory, leaves no trace in one, and may be used by anyone. */
export function free<const W extends string, I extends z.ZodObject, O>(
  declared: Omit<FreeOperation<I, O>, 'needs'> & { words: W },
): FreeOperation<I, O> & { words: W } {
  return { ...declared, needs: 'nothing' };
}
