import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Micros } from '../bars/bar';
import type { FileOptions } from './fileOptions';
import { SourceError } from './sourceError';

/** A path that stands for others: a folder's files are passed over if they hold no table. */
export interface ExpandedPath {
  readonly path: string;
  /** It was found in a folder, not named. */
  readonly isFound: boolean;
}

/**
 * The files that paths mean: a folder is its files in order of their names, without those of its folders;
 * `*`, `?` and `[…]` in a path that does not exist stand for what they stand for in a shell. Of several
 * files, those whose names say that they end before `from` or begin after `to` are left out.
 */
export function expandPaths(
  paths: readonly string[],
  session: Pick<FileOptions, 'from' | 'to'> = {},
): readonly ExpandedPath[] {
  const found = paths.flatMap(expanded);
  if (found.length < 2) return found;
  const inside = found.filter(({ path }) => mayHold(path, session));
  return inside.length > 0 ? inside : found.slice(0, 1);
}

function expanded(path: string): ExpandedPath[] {
  const kind = kindOf(path);
  if (kind === undefined && /[*?[]/.test(path)) {
    const files = matches(path).filter((each) => kindOf(each) === 'file');
    if (files.length > 0) return files.map((each) => ({ path: each, isFound: false }));
    throw new SourceError('SOURCE_MISSING', path, 'no file fits this pattern', 'Check the path.');
  }
  if (kind !== 'folder') return [{ path, isFound: false }];
  const files = filesIn(path);
  if (files.length > 0) return files.map((each) => ({ path: each, isFound: true }));
  throw new SourceError(
    'SOURCE_DIRECTORY',
    path,
    'is a folder without files',
    'Name files, or another folder.',
  );
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

const isVisible = (name: string): boolean => !/^[._]/.test(name);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isVisible).sort();
  } catch {
    return [];
  }
}

const filesIn = (folder: string): string[] =>
  namesIn(folder)
    .map((name) => join(folder, name))
    .filter((path) => kindOf(path) === 'file');

/** Paths that fit a pattern, in order of their names. */
function matches(pattern: string): string[] {
  const folder = dirname(pattern);
  const folders = /[*?[]/.test(folder) ? matches(folder) : [folder];
  const name = nameRule(basename(pattern));
  return folders.flatMap((each) =>
    namesIn(each)
      .filter((found) => name.test(found))
      .map((found) => (folder === '.' && !pattern.startsWith('.') ? found : join(each, found))),
  );
}

function nameRule(pattern: string): RegExp {
  const source = pattern.replace(/\[!?[^\]]+\]|[*?]|[.+^${}()|\\[\]]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return part.length > 1 ? part.replace(/^\[!/, '[^') : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

const DAY = 86_400e6;

/** Whether a file may have rows of a session, as far as its name says. */
function mayHold(
  path: string,
  { from = -Infinity, to = Infinity }: Pick<FileOptions, 'from' | 'to'>,
): boolean {
  const span = spanOfName(basename(path));
  // Local days and late rows reach into the days beside.
  return span === undefined || (span.to + DAY > from && span.from - DAY < to);
}

/** The day, month or year that a name states; nothing where it states none, or several. */
function spanOfName(name: string): { from: Micros; to: Micros } | undefined {
  const dates = [
    ...name.matchAll(/(?<!\d)(\d{4})(?:-(\d{2})(?:-(\d{2}))?|(\d{2})(\d{2}))?(?!\d)/g),
  ];
  const [only] = dates;
  if (only === undefined || dates.length > 1) return undefined;
  const [, y, m = only[4], d = only[5]] = only;
  const [year, month, day] = [Number(y), Number(m ?? 1), Number(d ?? 1)];
  if (year < 1980 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31)
    return undefined;
  const begin = Date.UTC(year, month - 1, day);
  const end =
    m === undefined
      ? Date.UTC(year + 1, 0)
      : d === undefined
        ? Date.UTC(year, month)
        : Date.UTC(year, month - 1, day + 1);
  return { from: begin * 1000, to: end * 1000 };
}
