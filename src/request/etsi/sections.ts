/** The parts of an ETSI message that brings an order, as they are handed from one reader of it to the next. */
import type { Task } from './tasks.ts';
import { below, type Element } from './xml.ts';

/**
 * What the desk knows of how the message came and of its signature. The message cannot vouch for either: without a word
 * of the desk it did not come by the decentralised IT system, and bears no qualified signature.
 */
export type Carriage = { transport?: 'dits' | 'alternative' | 'email' | 'post'; qualifiedSignature?: boolean };

export type Parts = {
  header: Element | undefined;
  authorisation: Element | undefined;
  tasks: Task[];
  documents: { name: string; mediaType: string }[];
  sections: Sections;
};

/** Elements of the form's sections, wherever in the message they stand. */
export class Sections {
  private readonly roots: Element[];

  constructor(roots: Element[]) {
    this.roots = roots;
  }

  /** Elements of a section, at any depth, whose name the pattern fits. */
  all(section: string, name: RegExp): Element[] {
    const names = [`Section${section}`, ...(section === 'E' || section === 'F' ? ['SectionEToF'] : [])];
    return this.roots.flatMap((root) =>
      below(root, (one) => names.includes(one.name)).flatMap((found) => below(found, (one) => name.test(one.name))),
    );
  }

  first(section: string, name: RegExp): Element | undefined {
    return this.all(section, name)[0];
  }
}

/** Leaves out fields that are undefined: in a demand what is not said is absent. */
export function without<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
