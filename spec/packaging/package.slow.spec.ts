import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, createConsumer } from '../support/packedConsumer.cjs';

const node = (cwd: string, ...args: string[]): string =>
  execFileSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const bytesOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce((sum, entry) => {
    return entry.isFile() ? sum + statSync(join(entry.parentPath, entry.name)).size : sum;
  }, 0);

let consumer: ReturnType<typeof createConsumer>;
beforeAll(() => {
  node(checkout, 'spec/support/buildPackage.cjs');
  consumer = createConsumer(['optional']);
}, 300_000);
afterAll(() => {
  rmSync(consumer.folder, { recursive: true, force: true });
});

/** Runs a program of the consumer's, as an ES module; returns what it prints. */
const run = (code: string): string => node(consumer.folder, '--input-type=module', '-e', code);

describe('the package without its optional dependencies', () => {
  it('is less than 15 MB besides rxjs', () => {
    const modules = join(consumer.folder, 'node_modules');
    const besides = bytesOf(modules) - bytesOf(join(modules, 'rxjs'));
    expect(besides).toBeLessThan(15e6);
  });

  it('has operators, a test kit and pipelines in code', () => {
    const printed = run(`
      import { fromTicks, replay } from 'barometer';
      import { serve } from 'barometer/operators';
      import { marbles } from 'barometer/testing';
      import { from, lastValueFrom } from 'rxjs';
      const sum = await lastValueFrom(from([1, 2]).pipe(serve((n) => [n * 10])));
      marbles(({ cold, expectObservable }) => expectObservable(cold('-a|')).toBe('-a|'));
      const ticks = Array.from({ length: 300 }, (_, i) => ({
        symbol: 'A', time: i * 1_000_000, price: 1 + i, size: 1,
      }));
      const report = await replay(fromTicks(ticks), { strategies: [] }).start().done;
      console.log(sum, typeof report);
    `);
    expect(printed).toBe('20 object\n');
  });

  it.each<[string, string]>([
    ['@duckdb/node-api', `await openFiles(['${join(checkout, 'spec/sample/synthetic.csv')}'])`],
    ['trading-signals', `smaCross().onBar({ symbol: 'A', interval: '1m', close: 1 }, {})`],
  ])('what needs %s says so', (name, use) => {
    const printed = run(`
      import { openFiles, replay, smaCross } from 'barometer';
      try {
        const source = ${use};
        await replay(source, {}).start().done;
      } catch (error) {
        console.log(error.code, error.message);
      }
    `);
    expect(printed).toContain('PACKAGE_MISSING');
    expect(printed).toContain(`npm install ${name}`);
  });

  it('the command line says what to install', () => {
    expect(() =>
      node(consumer.folder, 'node_modules/barometer/dist/src/cli/main.js', '--help'),
    ).toThrow('npm install commander');
  });
});

describe('the tarball', () => {
  it('publint finds nothing', () => {
    const script = `
      import { publint } from 'publint';
      const { messages } = await publint({ pkgDir: ${JSON.stringify(checkout)}, strict: true });
      console.log(JSON.stringify(messages));
    `;
    expect(JSON.parse(node(checkout, '--input-type=module', '-e', script))).toEqual([]);
  });

  it('are the types wrong? finds nothing, in every kind of resolution', () => {
    const script = `
      import { readFileSync } from 'node:fs';
      import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
      const data = createPackageFromTarballData(readFileSync(${JSON.stringify(consumer.tarball)}));
      const { problems } = await checkPackage(data);
      console.log(JSON.stringify(problems));
    `;
    expect(JSON.parse(node(checkout, '--input-type=module', '-e', script))).toEqual([]);
  });

  it('has declarations that import no type of an optional package', () => {
    const { optionalDependencies } = JSON.parse(
      readFileSync(join(checkout, 'package.json'), 'utf8'),
    ) as { optionalDependencies: Record<string, string> };
    const reached = declarationsOf(join(checkout, 'dist'));
    const named = Object.keys(optionalDependencies).filter((name) =>
      reached.some((text) => text.includes(`'${name}'`)),
    );
    expect(named).toEqual([]);
  });
});

/** The declarations that a program reads which imports every entry. */
function declarationsOf(dist: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    exports: Record<string, { require?: { types: string } } | string>;
  };
  const files = new Map<string, string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    const text = readFileSync(file, 'utf8').replaceAll('"', "'");
    files.set(file, text);
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      const target = join(file, '..', path.replace(/\.js$/, ''));
      const found = [`${target}.d.ts`, join(target, 'index.d.ts')].find(
        (name) => statSync(name, { throwIfNoEntry: false })?.isFile() === true,
      );
      if (found !== undefined) visit(found);
    }
  };
  for (const entry of Object.values(exports)) {
    if (typeof entry === 'string' || entry.require === undefined) continue;
    visit(join(dist, '..', entry.require.types));
  }
  return [...files.values()];
}

describe('a project that `barometer init` writes', () => {
  let project: ReturnType<typeof createConsumer>;
  const { env } = process;
  const sh = (command: string): string =>
    execFileSync('sh', ['-c', command], {
      cwd: project.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      // No runner is to be seen by the test runner of Node.
      env: { PATH: env['PATH'], HOME: env['HOME'] },
    });
  beforeAll(() => {
    project = createConsumer();
    sh('npm exec barometer init');
  }, 300_000);
  afterAll(() => {
    rmSync(project.folder, { recursive: true, force: true });
  });

  it('passes its own workflow unchanged', () => {
    const workflow = readFileSync(join(project.folder, '.github/workflows/barometer.yml'), 'utf8');
    const steps = [...workflow.matchAll(/^ +- run: (.+)$/gm)].map(([, command = '']) => command);
    expect(steps).toEqual(['npm ci', expect.stringContaining('--test'), expect.any(String)]);
    const [, testing = '', gate = ''] = steps;
    expect(sh(testing)).toMatch(/pass 1\n.*fail 0\n/s);
    const printed = sh(gate);
    expect(printed.match(/^PASS/gm)).toHaveLength(3);
    expect(printed.match(/^::notice/gm)).toHaveLength(3);
    expect(readFileSync(join(project.folder, 'check.xml'), 'utf8')).toContain('failures="0"');
  });

  it('has a test and a gate that can fail', () => {
    const strategy = join(project.folder, 'strategies/momentum.ts');
    const text = readFileSync(strategy, 'utf8');
    writeFileSync(strategy, text.replace("side: 'buy'", "side: 'flat'"));
    expect(() => sh('node --import jiti/register --test strategies/momentum.test.ts')).toThrow();
    writeFileSync(strategy, text.replace('return undefined', "throw new Error('no')"));
    expect(() => sh('npx barometer check')).toThrow(/status|Command failed/);
    writeFileSync(strategy, text);
  });

  it('finds the JSON schemas in the package', () => {
    const found = sh(`node -p "require('barometer/schemas/v1/report.json').title"`);
    expect(found).toBe('barometer report --json\n');
  });
});
