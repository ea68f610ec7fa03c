import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from '../../streams/isProcessAlive';

/** Folders on a network are shared by machines whose process ids mean different things. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
/** Names are at most 255 bytes long. */
const LONGEST = 120;

/** An unpredictable name beside a file that is not complete yet: `.NAME.PID.HOST.RANDOM.partial`. */
export function partialName(target: string): string {
  const random = randomBytes(6).toString('hex');
  const name = Buffer.from(basename(target))
    .subarray(0, LONGEST)
    .toString()
    .replaceAll('\ufffd', '');
  return join(dirname(target), `.${name}.${process.pid}.${HOST}.${random}.partial`);
}

const OURS = /^\..*\.(\d+)\.([0-9a-f]{6})\.[0-9a-f]{12}\.partial(\.\w+)?$/s;

/** Removes the incomplete files that killed processes of this machine left in a folder. */
export function sweepPartials(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const [, pid, host] = OURS.exec(name) ?? [];
    if (pid === undefined || host !== HOST || isProcessAlive(Number(pid))) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // Not ours to remove.
    }
  }
}
