/** What a check of a bag finds: one fact each, with a code, the file it concerns, and whether the bag falls by it. */
import { shownName } from '../formats/reading/zip-name.ts';

/** In the order in which a bag is looked at. */
export const BAG_STEPS = [
  'names',
  'declaration',
  'tag manifests',
  'payload manifests',
  'bag-info',
  'completeness',
  'fetch',
] as const;
export type BagStep = (typeof BAG_STEPS)[number];

export type BagFinding = {
  code: string;
  step: BagStep;
  /** The file concerned; misleading characters of its name are written out. */
  place: string;
  /** The manifest or other tag file that says otherwise. */
  by?: string;
  said: string;
};

export class Findings {
  readonly errors: BagFinding[] = [];
  readonly warnings: BagFinding[] = [];

  error(step: BagStep, code: string, place: string, said: string, by?: string): void {
    this.errors.push(finding(step, code, place, said, by));
  }

  warning(step: BagStep, code: string, place: string, said: string, by?: string): void {
    this.warnings.push(finding(step, code, place, said, by));
  }

  /** An error where `strict` holds, as it does from BagIt 1.0 on; a warning before. */
  either(strict: boolean, step: BagStep, code: string, place: string, said: string, by?: string): void {
    (strict ? this.errors : this.warnings).push(finding(step, code, place, said, by));
  }
}

function finding(step: BagStep, code: string, place: string, said: string, by?: string): BagFinding {
  return { code, step, place: shownName(place), ...(by === undefined ? {} : { by: shownName(by) }), said };
}
