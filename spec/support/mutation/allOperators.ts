import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The specifications of the operators as one, so that a mutant's run loads rxjs and fast-check once and
 * not some fifty times. What takes long comes last: it is not reached by a mutant that something else
 * kills. Left out is what would only make each mutant wait: a million items, 300,000 arrivals, the
 * TypeScript compiler.
 */
const LEFT_OUT = /(deepBuffers|queueing\.laws|examples|docs|twoCopies|fastObjects)\.spec\.ts$/;
const LAST = /laws|timeSlice|logLinearHistogram/;
/** Runs only these: quicker, and a mutant that lives may be killed by the others. */
const ONLY = new RegExp(process.env['MUTATION_SPECS'] ?? '');

const folder = join(__dirname, '../../operators');
const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.spec.ts') && !LEFT_OUT.test(file) && ONLY.test(file))
  .sort();
for (const file of all) if (!LAST.test(file)) jest.requireActual(join(folder, file));
for (const file of all) if (LAST.test(file)) jest.requireActual(join(folder, file));
