import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { OutputError, systemCode } from './outputError';
import { partialName, sweepPartials } from './partialName';

/** How much text is collected before it is written. */
const PIECE = 65_536;

export interface CommitOptions {
  /**
   * Whether the run came to its end; true unless given. Where it did not, an older file keeps its
   * name, and the new one is `NAME.interrupted.EXT`.
   */
  readonly isComplete?: boolean;
}

/** A text file that has its name only when it is whole. */
export interface OutputFile {
  /** Where it is until then. */
  readonly partial: string;
  /** A temporary name beside it, for something that is made of it; removed with it. */
  readonly beside: (ending: string) => string;
  readonly write: (text: string) => void;
  /** Writes the rest and closes the file; it keeps its temporary name. */
  readonly close: () => void;
  /** Closes the file and renames it, or what was made of it. Returns the path. */
  readonly commit: (options?: CommitOptions & { readonly from?: string }) => string;
  /** Removes what there is, unless it was committed. */
  readonly discard: () => void;
}

/**
 * Opens a file beside the one that it will become, so that renaming it costs nothing. Writing waits
 * for the disk: memory stays bounded, a simulated clock stands still meanwhile, and the judgement
 * on the wall clock goes by measured service times, which do not contain it.
 *
 * Throws an `OutputError` at once where the place cannot be written.
 */
export function openOutputFile(path: string): OutputFile {
  const target = checkedTarget(path);
  sweepPartials(dirname(target));
  const partial = partialName(target);
  let file: number | undefined = open(path, partial);
  let text = '';
  const temporary = new Set([partial]);
  const clear = (): void => {
    for (const name of temporary) rmSync(name, { force: true });
  };
  let over = false;

  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      const found = `cannot be written (${systemCode(error)})`;
      const advice = 'Nothing was left of it; make room or choose another place.';
      throw new OutputError(path, false, found, advice, { cause: error });
    }
  };
  const flush = (): void => {
    if (file === undefined || text === '') return;
    const bytes = Buffer.from(text);
    text = '';
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  };
  const shut = (): void => {
    if (file === undefined) return;
    const open = file;
    file = undefined;
    closeSync(open);
  };
  const discard = (): void => {
    process.off('exit', discard);
    if (over) return;
    over = true;
    shut();
    clear();
  };
  const close = (): void => {
    attempt(() => {
      flush();
      shut();
    });
  };
  process.on('exit', discard);

  return {
    partial,
    beside(ending) {
      temporary.add(partial + ending);
      return partial + ending;
    },
    write(more) {
      text += more;
      if (text.length >= PIECE) attempt(flush);
    },
    close,
    commit({ from = partial, isComplete = true } = {}) {
      close();
      const name = isComplete || !existsSync(target) ? target : interruptedName(target);
      attempt(() => {
        renameSync(from, name);
      });
      clear();
      over = true;
      process.off('exit', discard);
      return name === target ? path : interruptedName(path);
    },
    discard,
  };
}

/** `bars.csv` becomes `bars.interrupted.csv`. */
function interruptedName(path: string): string {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}.interrupted${ending}`;
}

function open(path: string, partial: string): number {
  try {
    // A link that somebody planted under this name is not followed.
    return openSync(partial, 'wx');
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT';
    throw new OutputError(
      path,
      true,
      missing ? `there is no folder ${dirname(path)}` : `cannot be written (${systemCode(error)})`,
      missing ? 'Make it first, or choose another place.' : 'Choose a place where you may write.',
      { cause: error },
    );
  }
}

/** Where the file really is, if there is one already that may be replaced. */
function checkedTarget(path: string): string {
  const status = statusOf(path);
  if (status === undefined) return linkTarget(path);
  if (!status.isFile()) {
    const what = status.isDirectory() ? 'is a folder' : 'is no regular file';
    throw new OutputError(path, true, what, 'Name a file to be written.');
  }
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    const advice = 'Make it writable, or choose another name.';
    throw new OutputError(path, true, 'exists and is read-only', advice, { cause: error });
  }
  return realpathSync(path);
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const found = `cannot be written (${systemCode(error)})`;
    throw new OutputError(path, true, found, 'Choose another name.', { cause: error });
  }
}

/** A link to a file that does not exist yet leads to where it will be. */
function linkTarget(path: string): string {
  const link = lstatSync(path, { throwIfNoEntry: false });
  if (link?.isSymbolicLink() !== true) return path;
  return checkedTarget(resolve(dirname(path), readlinkSync(path)));
}
