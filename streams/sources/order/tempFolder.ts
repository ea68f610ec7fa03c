import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '../../isProcessAlive';
import { codeOf, messageOf } from '../messageOf';
import { SourceError } from '../sourceError';

const folders = new Set<string>();
const swept = new Set<string>();

const removeAll = (): void => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
};

/**
 * A private folder for files that nobody needs afterwards; removed when the process ends, at the
 * latest. The name holds the process id, so that a later run removes what a killed one left.
 */
export function createTempFolder(parent: string = tmpdir()): string {
  if (!swept.has(parent)) {
    swept.add(parent);
    sweepTempFolders(parent);
  }
  if (folders.size === 0) process.once('exit', removeAll);
  const folder = newFolder(parent);
  folders.add(folder);
  return folder;
}

function newFolder(parent: string): string {
  try {
    return mkdtempSync(join(parent, `barometer-${process.pid}-`));
  } catch (error) {
    const found = `no temporary folder can be made here (${codeOf(error) ?? messageOf(error)})`;
    throw new SourceError('SOURCE_UNREADABLE', parent, found, 'Set TMPDIR to a folder with room.', {
      cause: error,
    });
  }
}

/** A file system that takes no more, where `error` says so; other errors are as they were. */
export function temporaryError(place: string, error: unknown): unknown {
  const code = codeOf(error) ?? '';
  if (!FULL.includes(code)) return error;
  return new SourceError(
    'SOURCE_UNREADABLE',
    place,
    `the temporary folder takes no more (${code})`,
    'Make room, or set TMPDIR to a folder with room.',
    { cause: error },
  );
}

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EMFILE', 'EACCES', 'EPERM'];

export function removeTempFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size === 0) process.off('exit', removeAll);
}

const OURS = /^barometer-(\d+)-[A-Za-z0-9]{6}$/;

/** Removes the folders of processes that no longer run. */
function sweepTempFolders(parent: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(parent);
  } catch {
    return;
  }
  for (const name of names) {
    const pid = OURS.exec(name)?.[1];
    if (pid === undefined || isProcessAlive(Number(pid))) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // The folder belongs to another user, whose next run removes it.
    }
  }
}
