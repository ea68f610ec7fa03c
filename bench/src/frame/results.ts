import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from './summary';

const FOLDER = join(__dirname, '../../../../results');

export function save(summary: Summary): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${summary.table}.json`), `${JSON.stringify(summary, null, 2)}\n`);
}
