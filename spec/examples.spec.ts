import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../src/cli/commands';

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

describe('README and docs', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(checkout, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ].map((path) => readFileSync(join(checkout, path), 'utf8'));
  const blocks = pages.flatMap((text) => [
    ...text.matchAll(/<!-- example: (\S+) -->\n```ts\n([^]*?)```/g),
  ]);

  test('quote each example as it is', () => {
    const quoted = blocks.map(([, path, text]) => [path, text]);
    expect(Object.fromEntries(quoted)).toEqual(Object.fromEntries(examples));
  });

  test('have no other program', () => {
    const codes = pages.flatMap((text) => [...text.matchAll(/```ts\n([^]*?)```/g)]);
    // A module that exports something, such as a configuration, is no program.
    const programs = codes.filter(
      ([, code = '']) => /^import /m.test(code) && !/^export /m.test(code),
    );
    expect(programs).toHaveLength(blocks.length);
  });

  test('the README names every command and links every page', () => {
    const [readme = ''] = pages;
    const names = readdirSync(join(checkout, 'docs')).filter((name) => name.endsWith('.md'));
    expect(names.filter((name) => !readme.includes(`](docs/${name})`))).toEqual([]);
    expect(COMMANDS.filter(({ name }) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  test('the README has at most 250 lines, and composes the operators first', () => {
    const [readme = ''] = pages;
    expect(readme.split('\n').length).toBeLessThanOrEqual(250);
    const [first] = [...readme.matchAll(/```ts\n([^]*?)```/g)];
    for (const operator of ['pace(', 'holdUntilReady(', 'trackBackpressure(', 'serve(']) {
      expect(first?.[1]).toContain(operator);
    }
  });
});
