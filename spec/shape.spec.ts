import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the project was asked to be, and stays. */
const ROOT = join(__dirname, '..');

test.each(['package.json', 'tsconfig.json', 'src', 'streams', 'operators', 'spec', 'README.md'])(
  '%s stands at the top level',
  (name) => {
    expect(existsSync(join(ROOT, name))).toBe(true);
  },
);

test.each(['typescript', 'rxjs', 'immer', 'jest', 'ts-node'])('%s is used', (name) => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  expect({ ...dependencies, ...devDependencies }).toHaveProperty(name);
});

test.each([
  ['src/metrics/store.ts', 'scan('],
  ['src/metrics/reduceRun.ts', 'produce('],
  ['streams/engine/edge.ts', 'trackBackpressure'],
])('%s uses %s', (path, what) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toContain(what);
});
