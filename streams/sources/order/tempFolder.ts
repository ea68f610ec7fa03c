import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

const removeAll = (): void => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
};

/** A folder of our own for files that nobody needs afterwards; gone with the process at the latest. */
export function createTempFolder(parent: string = tmpdir()): string {
  if (folders.size === 0) process.once('exit', removeAll);
  const folder = mkdtempSync(join(parent, 'barometer-'));
  folders.add(folder);
  return folder;
}

export function removeTempFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size === 0) process.off('exit', removeAll);
}
