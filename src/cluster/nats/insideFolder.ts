import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { TaskError } from './taskError';

/** Whether a path goes up, or holds what no path of ours does. */
const isDevious = (path: string): boolean =>
  path === '' || path.includes('\0') || path.split(/[/\\]/).includes('..');

/**
 * The path of a file that a task names, which has to lie in the folder, wherever links lead.
 *
 * @throws TaskError
 */
export function insideFolder(folder: string, path: string, what: string): string {
  if (isDevious(path)) {
    throw new TaskError(`${what} ${path}: a path without .. is needed`);
  }
  const file = isAbsolute(path) ? path : join(folder, path);
  const within = relative(real(folder, what), real(file, what));
  if (within === '' || within.startsWith('..') || isAbsolute(within)) {
    throw new TaskError(`${what} ${path}: is not in the folder ${folder}`);
  }
  return file;
}

function real(path: string, what: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new TaskError(`${what} ${path}: cannot be read here`, { cause });
  }
}

/** The path in the form that is sent: with forward slashes and without `..`. Throws a `TaskError`. */
export function sentPath(path: string, what: string): string {
  if (isDevious(path)) {
    throw new TaskError(
      `${what} ${path}: workers take no path with .. in it; call barometer in a folder above the files`,
    );
  }
  return path
    .split(sep)
    .join('/')
    .replace(/^(\.\/)+/, '');
}
