/** A refusal as HTTP says it (RFC 9457): the code, the words, the facts; and which status fits. */
import { isProblem, type Problem } from '../base/problem.ts';

const STATUS: [RegExp, number][] = [
  [/^entry\/(signed-out|passkey-refused|not-let-in)$/, 401],
  [/^entry\/(not-allowed|sign-this|office-refused)$/, 403],
  [/^entry\/too-many-attempts$/, 429],
  [/^entry\/done-already$/, 409],
  [/^http\/too-large$/, 413],
  [/^ledger\/busy$|^http\/stopping$/, 503],
  [/(^|\/)(not-found|no-such-[a-z-]+|nothing-here)$/, 404],
  [/^input\//, 400],
];

function statusOf(code: string): number {
  return STATUS.find(([pattern]) => pattern.test(code))?.[1] ?? 422;
}

export type ProblemJson = { code: string; message: string; facts: Record<string, unknown> };

function problemJson(problem: Problem): ProblemJson {
  return { code: problem.code, message: problem.message, facts: (problem.facts ?? {}) as Record<string, unknown> };
}

/** What anyone may be told of a bug: that it is one. What it was goes to the server's own error output. */
export function toldOf(error: unknown): { status: number; body: ProblemJson } {
  if (isProblem(error)) return { status: statusOf(error.code), body: problemJson(error) };
  process.stderr.write(`bug: ${(error as Error)?.stack ?? String(error)}\n`);
  return {
    status: 500,
    body: {
      code: 'http/bug',
      message:
        'This is a fault of the program, not of what you did. The act is recorded as failed, and nothing else was kept of it.',
      facts: {},
    },
  };
}

export function answered(error: unknown): Response {
  const { status, body } = toldOf(error);
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}
