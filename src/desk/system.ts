/** What the machine refuses (a full disk, a folder that is not there, no permission) is for the caller to put right. */
import { Problem } from '../base/problem.ts';

const REFUSALS: Record<string, string> = {
  EACCES: 'you have no permission',
  EPERM: 'it is not permitted',
  EROFS: 'it lies on a file system that is only read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  ENOENT: 'it, or a folder above it, is not there',
  ENOTDIR: 'something on the way to it is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  EIO: 'the device does not answer',
};

/** The error as a problem, when it is the machine that refused; null when it is anything else. */
export function systemProblem(error: unknown): Problem | null {
  const { code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  const why = code === undefined || syscall === undefined ? undefined : REFUSALS[code];
  if (!why) return null;
  return new Problem(
    'system/refused',
    `The machine refuses ${path ?? `to ${syscall}`}: ${why} (${code}). What was begun was not done; put it right and call again.`,
    { code, path },
  );
}
