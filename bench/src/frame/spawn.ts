import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Order } from './measure';
import type { Measured } from './table';

const MAIN = join(__dirname, '../main.js');
const OUTPUT = 64 * 2 ** 20;

/** Runs one row once in a process of its own, so that no row lives with another's compiled code and heap. */
export async function spawnRow(order: Order, flags: readonly string[] = []): Promise<Measured> {
  const args = ['--expose-gc', ...flags, MAIN, '--child', JSON.stringify(order)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: OUTPUT });
  return JSON.parse(stdout) as Measured;
}
