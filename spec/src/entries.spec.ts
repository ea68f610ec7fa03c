import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entries } from '../support/entries.cjs';

const checkout = join(__dirname, '../..');

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly typesVersions: { readonly '*': Readonly<Record<string, unknown>> };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Manifest;
const packages = Object.keys({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.peerDependencies,
});

const load = (source: string): object => jest.requireActual(join(checkout, source));

/** Loads an entry where only the permitted packages are installed. */
function loadWith(permitted: readonly string[], source: string): object {
  let loaded = {};
  jest.isolateModules(() => {
    for (const name of packages.filter((one) => !permitted.includes(one))) {
      jest.doMock(name, () => {
        throw new Error(`${name} was loaded`);
      });
    }
    loaded = load(source);
  });
  for (const name of packages) jest.dontMock(name);
  return loaded;
}

const sourceOf = (entry: string): string =>
  entries.find(({ name }) => name === entry)?.source ?? `no entry ${entry}`;

test('the main entry has at most 30 values', () => {
  expect(Object.keys(load(sourceOf('barometer'))).length).toBeLessThanOrEqual(30);
});

test.each(entries)('$name exports values', ({ source }) => {
  expect(Object.keys(load(source))).not.toEqual([]);
});

test.each(entries)(
  '$name has both module systems, and declarations for every resolution',
  (entry) => {
    const base = `./dist/${entry.source.replace(/\.ts$/, '')}`;
    const imported = { types: `${base}.d.mts`, default: `${base}.mjs` };
    const required = { types: `${base}.d.ts`, default: `${base}.js` };
    const runsInBrowsers = ['./operators', './testing'].includes(entry.path);
    const esm = `${base.replace('./dist/', './dist/esm/')}.js`;
    expect(manifest.exports[entry.path]).toEqual(
      runsInBrowsers
        ? {
            node: { import: imported, require: required },
            import: { types: imported.types, default: esm },
            require: required,
          }
        : { import: imported, require: required },
    );
    if (entry.path === '.') return;
    expect(manifest.typesVersions['*'][entry.path.slice(2)]).toEqual([required.types]);
  },
);

test('values of one name are one value in all entries', () => {
  const values = new Map<string, unknown>();
  const different: string[] = [];
  for (const { name, source } of entries) {
    for (const [key, value] of Object.entries(load(source))) {
      if (values.has(key) && values.get(key) !== value) different.push(`${name}: ${key}`);
      values.set(key, value);
    }
  }
  expect(different).toEqual([]);
});

test.each([
  ['barometer/operators', ['rxjs']],
  ['barometer/metrics', ['rxjs', 'immer']],
  ['barometer/testing', ['rxjs']],
  ['barometer', ['rxjs', 'immer', 'picocolors', 'zod']],
])('%s loads with %j alone', (entry, permitted) => {
  expect(Object.keys(loadWith(permitted, sourceOf(entry)))).not.toEqual([]);
});

test('an entry that needs a package which is missing does not load', () => {
  expect(() => loadWith(['rxjs'], sourceOf('barometer/metrics'))).toThrow('immer was loaded');
});
