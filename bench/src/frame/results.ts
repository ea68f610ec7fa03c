import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from './summary';

const BENCH = join(__dirname, '../../../..');
const README = join(BENCH, 'README.md');

/** Keeps a table as it was measured: as JSON, and as text in its place in the README. */
export function save(summary: Summary, text: string): void {
  const folder = join(BENCH, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${summary.table}.json`), `${JSON.stringify(summary, null, 2)}\n`);
  const [begin, end] = [`<!-- ${summary.table} -->`, `<!-- end of ${summary.table} -->`];
  const before = readFileSync(README, 'utf8');
  const [head = '', rest] = before.split(begin);
  const tail = rest?.split(end)[1];
  if (tail === undefined) throw new Error(`${README} has no place ${begin} … ${end}`);
  writeFileSync(README, `${head}${begin}\n\n${text}\n\n${end}${tail}`);
}
