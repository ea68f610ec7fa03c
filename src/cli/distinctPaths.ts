import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './usageError';

interface CommandPaths {
  /** Files that the command reads: ticks, modules, journals. */
  readonly inputs: readonly string[];
  /** Files that it writes; absent ones are left out. */
  readonly outputs: readonly (string | undefined)[];
}

/** Throws a `UsageError` where an output would take the place of an input or of another output. */
export function checkDistinct({ inputs, outputs }: CommandPaths): void {
  const taken = new Map<string, string>();
  for (const path of inputs) {
    for (const key of identitiesOf(path)) taken.set(key, 'is read by this run');
  }
  for (const path of outputs) {
    if (path === undefined) continue;
    const keys = identitiesOf(path);
    const why = keys.map((key) => taken.get(key)).find((found) => found !== undefined);
    if (why !== undefined) throw new UsageError(`${path}: ${why}. Write to another file.`);
    for (const key of keys) taken.set(key, 'is written by this run already');
  }
}

/**
 * What a path is the same file by: its place, links resolved, and, where it exists, its inode, which
 * hard links share.
 */
export function identitiesOf(path: string, platform: string = process.platform): string[] {
  const place = placeOf(path);
  const ignoresCase = platform === 'win32' || platform === 'darwin';
  const keys = [`path ${ignoresCase ? place.toLowerCase() : place}`];
  const status = statSync(path, { throwIfNoEntry: false, bigint: true });
  // Some network and Windows file systems number nothing.
  if (status?.isFile() === true && status.ino !== 0n)
    keys.push(`inode ${status.dev} ${status.ino}`);
  return keys;
}

/** Follows links, also one to a file that does not exist yet. */
function placeOf(path: string, depth = 0): string {
  try {
    return realpathSync(path);
  } catch {
    const link = lstatSync(path, { throwIfNoEntry: false });
    if (link?.isSymbolicLink() === true && depth < 40) {
      return placeOf(resolve(dirname(path), readlinkSync(path)), depth + 1);
    }
    try {
      return join(realpathSync(dirname(path)), basename(path));
    } catch {
      return resolve(path);
    }
  }
}
