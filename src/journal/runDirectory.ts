import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { JournalError } from './journalError';
import { partialName, sweepPartials } from '../output/partialName';
import { readPiece } from './regularFile';

/** Where journals go unless configured otherwise, in the folder in which the command is given. */
export const RUN_DIRECTORY = '.barometer';
/** Files with the name of a journal in them: a symbolic link would need rights on Windows. */
export type RunName = 'latest' | 'baseline';
const EXTENSION = '.ndjson';
/** Bytes of a pointer that are looked at. */
const LONGEST_PATH = 64 * 1024;
const JOURNAL = /\.ndjson(\.gz)?$/;

export const runOf = (path: string): string => basename(path).replace(JOURNAL, '');

/** A run's file; an id may hold what a file name may not. */
export const journalPathOf = (directory: string, id: string): string =>
  join(directory, `${id.replace(/[^\w.-]/g, '_')}${EXTENSION}`);

export const isJournalName = (name: string): boolean => JOURNAL.test(name);

/** The journals of a folder, the oldest run first; none where there is no such folder. */
export function journalsIn(directory: string): string[] {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names
    .filter(isJournalName)
    .sort()
    .map((name) => join(directory, name));
}

/** Gives a journal a name. Anyone who reads meanwhile sees the old pointer or the new one. */
export function pointAt(name: RunName, directory: string, path: string): void {
  mkdirSync(directory, { recursive: true });
  const pointer = join(directory, name);
  sweepPartials(directory);
  const fresh = partialName(pointer);
  const inside = dirname(resolve(path)) === resolve(directory);
  writeFileSync(fresh, `${inside ? basename(path) : resolve(path)}\n`, { flag: 'wx' });
  renameSync(fresh, pointer);
}

/** The path of the journal that has a name; undefined where there is none. */
export function namedIn(directory: string, name: RunName): string | undefined {
  try {
    const text = readPiece(join(directory, name), 0, LONGEST_PATH).toString('utf8').trim();
    return text === '' ? undefined : existing(resolve(directory, text));
  } catch {
    return undefined;
  }
}

/** The path that `latest` points at; undefined where there is none. */
export const latestIn = (directory: string): string | undefined => namedIn(directory, 'latest');

/** The nth run before the latest one. */
function latestBut(n: number, directory: string): string {
  const journals = journalsIn(directory);
  const latest = latestIn(directory) ?? journals.at(-1);
  if (latest === undefined) {
    throw new JournalError(
      'JOURNAL_MISSING',
      directory,
      'no run has left a journal here. Make one by `barometer replay FILE…`.',
    );
  }
  const earlier = journals.filter((path) => resolve(path) !== resolve(latest));
  const found = n === 0 ? latest : earlier.at(-n);
  if (found !== undefined) return inShort(found);
  throw new JournalError(
    'JOURNAL_MISSING',
    `latest~${n}`,
    `there are only ${earlier.length + 1} runs in ${directory}. See \`barometer runs\`.`,
  );
}

/**
 * The journal of a run, which is given by its id, by the unique beginning of one, by a path, as `latest`,
 * as `latest~N` for the Nth before it, or as `baseline`.
 */
export function findRun(run: string, directory: string = RUN_DIRECTORY): string {
  const [isLatest, before = '0'] = /^latest(?:~(\d{1,9}))?$/.exec(run) ?? [];
  if (isLatest !== undefined) return latestBut(Number(before), directory);
  if (run === 'baseline') {
    const baseline = namedIn(directory, run);
    if (baseline !== undefined) return inShort(baseline);
    throw new JournalError(
      'JOURNAL_MISSING',
      directory,
      'no run is the baseline here. Choose one by `barometer runs baseline RUN`.',
    );
  }
  const journals = journalsIn(directory);
  const exact = journals.find((path) => runOf(path) === run);
  if (exact !== undefined) return exact;
  const path = existing(run);
  if (path !== undefined) return path;
  const begun = journals.filter((journal) => runOf(journal).startsWith(run));
  if (begun.length === 1) return begun[0] as string;
  if (begun.length > 1) {
    const names = begun.slice(0, 5).map(runOf).join(', ');
    const more = begun.length > 5 ? `, and ${begun.length - 5} more` : '';
    throw new JournalError(
      'JOURNAL_AMBIGUOUS',
      run,
      `${begun.length} runs begin like that: ${names}${more}. Say more of its id.`,
    );
  }
  throw new JournalError(
    'JOURNAL_MISSING',
    run,
    `neither a file nor a run in ${directory}. See \`barometer runs\`.`,
  );
}

/** The file, or the one that took its place when it was compressed; undefined where there is neither. */
function existing(path: string): string | undefined {
  return [path, `${path}.gz`].find((each) => {
    const found = statSync(each, { throwIfNoEntry: false });
    return found !== undefined && !found.isDirectory();
  });
}

const inShort = (path: string): string => {
  const short = relative('', path);
  return short.startsWith('..') ? path : short;
};
