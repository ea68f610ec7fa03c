import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Order } from './measure';
import type { Measured } from './table';

/** A row's process failed; the message holds what it said. */
export class RowError extends Error {}

const MAIN = join(__dirname, '../main.js');
const OUTPUT = 64 * 2 ** 20;

/** Runs one row once in a process of its own, so that no row lives with another's compiled code and heap. */
export async function spawnRow(order: Order): Promise<Measured> {
  const args = ['--expose-gc', MAIN, '--child', JSON.stringify(order)];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: OUTPUT });
    return JSON.parse(stdout) as Measured;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new RowError(`row ${order.row} of table ${order.table} failed:\n${said}`);
  }
}
