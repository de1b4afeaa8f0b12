/**
 * The answer to one question, with everything a reader needs to doubt it.
 *
 * The same inputs give the same bytes: `digest` covers question, method, parameters and inputs. Numbers are rounded by
 * the analysis to what they can bear before they get here.
 */
import type { z } from 'zod';
import type { Scoped } from '../store/scoped.ts';
import type { KnownPlaces } from './places.ts';

export type LeftOut = { what: string; why: string; count: number };

/** One "what would change this": the changed assumption and how far the answer moved, as text and numbers. */
export type Sensitivity = { change: string; effect: string; figures?: Record<string, number | string | null> };

export type Answer = {
  /** The answer in one or two sentences that could be read out in court; a refusal is an answer too. */
  statement: string;
  /** Set when the question cannot be answered from these records: the reasons, in words. */
  refused?: string[];
  /** The answer as data; its shape belongs to the question. */
  result: Record<string, unknown>;
  leftOut: LeftOut[];
  alternatives: string[];
  sensitivity: Sensitivity[];
};

export type Finding = Answer & {
  question: string;
  asks: string;
  method: { name: string; version: string };
  parameters: Record<string, unknown>;
  inputs: {
    records: number;
    bySource: { return: string; format: string; kind: string; records: number }[];
    /** Digest over the ids of all records read, sorted, and of every reference used. */
    digest: string;
    references: { name: string; digest: string; dated: string | null }[];
  };
  limits: string;
  caveat: string;
  digest: string;
};

export type Analysis<P extends z.ZodObject = z.ZodObject> = {
  /** The question in words. */
  asks: string;
  /** What the answer cannot show. */
  limits: string;
  caveat: string;
  version: string;
  params: P;
  run(given: Given, params: z.infer<P>): Promise<Answer>;
};

/** What an analysis is handed: records already within the scope, reference tables, and nothing else. */
export type Given = { scoped: Scoped; places: KnownPlaces };

export function analysis<P extends z.ZodObject>(declared: Analysis<P>): Analysis<P> {
  return declared;
}
