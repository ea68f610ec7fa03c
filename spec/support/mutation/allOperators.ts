import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The specifications of the operators as one, so that a mutant's run loads rxjs and fast-check once and
 * not some fifty times. What takes long comes last: it is not reached by a mutant that something else
 * kills. Left out is what would only make each mutant wait: a million items, 300,000 arrivals, the
 * TypeScript compiler.
 */
const LEFT_OUT = ['deepBuffers.spec.ts', 'queueing.laws.spec.ts', 'examples.spec.ts'];
const LAST = /laws|turn|buckets/;

const folder = join(__dirname, '../../operators');
const all = readdirSync(folder).filter(
  (file) => file.endsWith('.spec.ts') && !LEFT_OUT.includes(file),
);
for (const file of all) if (!LAST.test(file)) jest.requireActual(join(folder, file));
for (const file of all) if (LAST.test(file)) jest.requireActual(join(folder, file));
