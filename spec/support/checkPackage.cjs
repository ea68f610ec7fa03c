/**
 * Packs the package, installs the tarball beside rxjs in an empty project, with the versions of our
 * lock file and without our development tools, and uses it there as its users do.
 */
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { cpSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { checkout, createConsumer } = require('./packedConsumer.cjs');

const entries = require('./entries.cjs').entries.map(({ name }) => name);
let consumer = checkout;

const run = (program, args) =>
  execFileSync(program, args, {
    cwd: consumer,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
const node = (code, ...flags) => JSON.parse(run(process.execPath, [...flags, '-e', code]));

function compile(options) {
  const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
  const common = ['--strict', '--skipLibCheck', '--target', 'es2022'];
  try {
    run(process.execPath, [tsc, ...common, ...options]);
  } catch (error) {
    throw new Error(`${options.join(' ')}:\n${error.stdout}`);
  }
}

function check(what, body) {
  try {
    body();
    console.log(`ok      ${what}`);
  } catch (error) {
    console.error(`FAILED  ${what}\n${error.message}`);
    process.exitCode = 1;
  }
}

try {
  check('the tarball holds what is published and nothing else, and installs', () => {
    consumer = createConsumer().folder;
  });
  if (process.exitCode) return;

  for (const entry of entries) {
    let names;
    check(`require('${entry}')`, () => {
      names = node(`console.log(JSON.stringify(Object.keys(require('${entry}'))))`);
      assert.notEqual(names.length, 0, 'exports nothing');
    });
    check(`import '${entry}' has the same names`, () => {
      const imported = node(
        `import * as all from '${entry}'; console.log(JSON.stringify(Object.keys(all)))`,
        '--input-type=module',
      );
      const added = ['default', 'module.exports', '__esModule'];
      const named = (list) => list.filter((name) => !added.includes(name)).sort();
      assert.deepEqual(named(imported), named(names ?? []));
    });
  }

  check("require('barometer/operators') loads our operators and rxjs, nothing else", () => {
    const loaded = node(
      `require('barometer/operators'); console.log(JSON.stringify(Object.keys(require.cache)))`,
    );
    const permitted = /[\\/]node_modules[\\/](rxjs|barometer[\\/]dist[\\/]operators)[\\/]/;
    const foreign = loaded.filter((file) => !permitted.test(file));
    assert.deepEqual(foreign, []);
  });

  check('TypeScript finds the types of every entry point', () => {
    const lines = entries.map((entry, i) => `import * as e${i} from '${entry}';\nvoid e${i};\n`);
    writeFileSync(join(consumer, 'consumer.ts'), lines.join(''));
    for (const module of ['node16', 'node20', 'preserve']) {
      compile(['--noEmit', '--module', module, 'consumer.ts']);
    }
  });

  check('users run marble tests in a jest of their own', () => {
    const tests = join(consumer, 'tests');
    cpSync(join(checkout, 'examples/testing.spec.ts'), join(tests, 'example.spec.ts'));
    const config = { transform: {}, testMatch: ['**/*.spec.js'] };
    writeFileSync(join(tests, 'jest.config.json'), JSON.stringify(config));
    const own = ['--types', 'jest', '--typeRoots', join(checkout, 'node_modules/@types')];
    compile(['--module', 'node20', ...own, join(tests, 'example.spec.ts')]);
    const jest = join(checkout, 'node_modules/jest/bin/jest.js');
    const results = join(tests, 'results.json');
    try {
      execFileSync(process.execPath, [jest, '--ci', '--json', '--outputFile', results], {
        cwd: tests,
        stdio: 'pipe',
      });
    } catch (error) {
      throw new Error(String(error.stderr));
    }
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(results, 'utf8'));
    assert.deepEqual({ numPassedTests, numTotalTests }, { numPassedTests: 3, numTotalTests: 3 });
  });

  check('marble tests work without any runner, and fail with both marbles', () => {
    const message = node(`
      const { marbles } = require('barometer/testing');
      let message = '';
      try {
        marbles(({ bars, replay, expectBars }) => {
          expectBars(replay(bars('-a-b|')).bars$).toBe('-a--b|');
        });
      } catch (error) {
        message = error.message;
      }
      console.log(JSON.stringify(message));
    `);
    assert.match(message, /expected {2}-a--b\|\n {2}actual {4}-a-\(b\|\)\n/);
  });

  check('barometer --help', () => {
    const help = run(join(consumer, 'node_modules/.bin/barometer'), ['--help']);
    assert.match(help, /replay/);
  });
} finally {
  if (consumer !== checkout) rmSync(consumer, { recursive: true, force: true });
}
