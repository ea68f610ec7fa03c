import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const checkout = join(__dirname, '..');
const PRINTS = '\n// prints:\n';

/** Every example's text by its path, as a README names it. */
const examples = new Map(
  readdirSync(join(checkout, 'examples')).map((name) => {
    const path = `examples/${name}`;
    return [path, readFileSync(join(checkout, path), 'utf8')];
  }),
);

/** What an example says that it prints; undefined where it is a file of tests, which jest runs. */
function promisedBy(text: string): string | undefined {
  const [, promised] = text.split(PRINTS);
  return promised?.replace(/^\/\/ ?/gm, '');
}

const printing = [...examples].filter(([, text]) => promisedBy(text) !== undefined);

describe('examples', () => {
  test.each([...examples])('%s begins with its path', (path, text) => {
    expect(text.split('\n', 1)).toEqual([`// ${path}`]);
  });

  test('are programs that print something, or files of tests', () => {
    const silent = [...examples.keys()].filter((path) => !path.endsWith('.spec.ts'));
    expect(printing.map(([path]) => path)).toEqual(silent);
  });

  test('print what they say', () => {
    const preload = ['ts-node/register/transpile-only', './spec/support/barometerFromSource.cjs'];
    const printed = execFileSync(
      process.execPath,
      [
        ...preload.flatMap((module) => ['-r', module]),
        'spec/support/runExamples.cjs',
        ...printing.map(([path]) => path),
      ],
      { cwd: checkout, encoding: 'utf8' },
    );
    const promised = printing.map(([path, text]) => [path, promisedBy(text)]);
    expect(JSON.parse(printed)).toEqual(Object.fromEntries(promised));
  }, 60_000);
});

describe('README', () => {
  const readme = readFileSync(join(checkout, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```ts\n(\/\/ (examples\/\S+)\n[^]*?)```/g)];

  test('quotes each example as it is', () => {
    const quoted = blocks.map(([, text, path]) => [path, text]);
    expect(Object.fromEntries(quoted)).toEqual(Object.fromEntries(examples));
  });

  test('has no other place for an example', () => {
    const places = [...readme.matchAll(/<!-- example: (\S+) -->/g)].map(([, path]) => path);
    expect(places).toEqual(blocks.map(([, , path]) => path));
  });
});
