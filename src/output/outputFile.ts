import {
  accessSync,
  closeSync,
  constants,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OutputError, systemCode } from './outputError';

/** How much text is collected before it is written. */
const PIECE = 65_536;

/** A text file that has its name only when it is whole. */
export interface OutputFile {
  /** Where it is until then. */
  readonly partial: string;
  /** A temporary name beside it, for something that is made of it; removed with it. */
  readonly beside: (ending: string) => string;
  readonly write: (text: string) => void;
  /** Writes the rest and closes the file; it keeps its temporary name. */
  readonly close: () => void;
  /** Closes the file and gives `from`, itself unless said, its name. */
  readonly commit: (from?: string) => void;
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
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
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
    commit(from = partial) {
      close();
      attempt(() => {
        renameSync(from, target);
      });
      clear();
      over = true;
      process.off('exit', discard);
    },
    discard,
  };
}

function open(path: string, partial: string): number {
  try {
    return openSync(partial, 'w');
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
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return path;
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
