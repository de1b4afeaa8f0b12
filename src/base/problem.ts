/**
 * The one error a caller can act on.
 *
 * `code` is a heading of `docs/problems.md`; `message` says what is wrong, where, what was kept and what to do;
 * `facts` are the same for a program. Anything else that is thrown is a bug.
 */
export class Problem extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, facts: Record<string, unknown> = {}) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}
