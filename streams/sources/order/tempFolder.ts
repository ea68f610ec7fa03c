import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '../../isProcessAlive';

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
  const folder = mkdtempSync(join(parent, `barometer-${process.pid}-`));
  folders.add(folder);
  return folder;
}

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
