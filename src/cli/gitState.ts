import { execFile } from 'node:child_process';
import type { GitState } from '../journal';

/** A repository that takes longer is not waited for: milliseconds. */
const LONGEST = 2_000;
const ARGUMENTS = ['status', '--porcelain=v2', '--branch', '--untracked-files=no'];

/** The commit of a folder's repository; undefined where there is none, no commit yet, or no git. */
export const gitState = (folder: string): Promise<GitState | undefined> =>
  new Promise((resolve) => {
    // The index is only looked at: a lock would get into the way of the user's own git.
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
    const options = { cwd: folder, env, timeout: LONGEST, maxBuffer: 64 * 1024 * 1024 };
    execFile('git', ARGUMENTS, options, (error, stdout) => {
      const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(stdout)?.[1];
      if (error !== null || commit === undefined) resolve(undefined);
      else resolve({ commit, isDirty: /^[^#]/m.test(stdout) });
    });
  });
