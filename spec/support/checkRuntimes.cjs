/**
 * `npm run test:runtimes`: uses the packed package with the compilers, test runners and runtimes that
 * spec/consumers/package.json lists. They are installed in reports/consumers, a gigabyte of them.
 */
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const checkout = join(__dirname, '../..');
const consumer = join(checkout, 'reports/consumers');
const modules = join(consumer, 'node_modules');
const sample = join(checkout, 'spec/sample/synthetic.csv');

const run = (program, args, env = {}) =>
  execFileSync(program, args, {
    cwd: consumer,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    timeout: 180_000,
  });
const bin = (name) => join(modules, '.bin', name);

function check(what, body) {
  try {
    body();
    console.log(`ok      ${what}`);
  } catch (error) {
    console.error(`FAILED  ${what}\n${error.message}\n${error.stdout ?? ''}`);
    process.exitCode = 1;
  }
}

function install() {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: checkout, stdio: 'inherit' });
  mkdirSync(consumer, { recursive: true });
  const lock = 'package-lock.json';
  const installed = join(modules, '.package-lock.json');
  cpSync(join(checkout, 'spec/consumers'), consumer, { recursive: true });
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const isInstalled =
    existsSync(installed) &&
    existsSync(join(consumer, 'installed')) &&
    readFileSync(join(consumer, 'installed'), 'utf8') ===
      readFileSync(join(consumer, lock), 'utf8');
  if (!isInstalled) run('npm', ['install', '--prefer-offline', ...quiet]);
  writeFileSync(join(consumer, 'installed'), readFileSync(join(consumer, lock), 'utf8'));
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', consumer];
  const [{ filename }] = JSON.parse(
    execFileSync('npm', pack, {
      cwd: checkout,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const { version } = require('rxjs/package.json');
  const added = ['install', '--no-save', '--no-package-lock', '--prefer-offline'];
  run('npm', [...added, ...quiet, `./${filename}`, `rxjs@${version}`]);
}

/** Compiles a file of spec/consumers; the declarations of its libraries are checked too. */
function compile(compiler, file, options) {
  const common = { noEmit: true, strict: true, skipLibCheck: false, target: 'es2022' };
  const project = join(consumer, 'tsconfig.json');
  const compilerOptions = { ...common, ...options };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [file] }));
  run(process.execPath, [join(modules, compiler, 'bin/tsc'), '-p', project]);
}

check('the consumers, and the package beside them, are installed', install);
if (!process.exitCode) {
  const RESOLUTIONS = {
    node16: { module: 'node16' },
    bundler: { module: 'esnext', moduleResolution: 'bundler' },
    node10: { module: 'commonjs', moduleResolution: 'node10' },
  };
  for (const compiler of ['typescript54', 'typescript59', 'typescript6', 'typescript7']) {
    for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
      // TypeScript 6 calls node10 deprecated, and 7 has no such resolution.
      if (resolution === 'node10' && /[67]$/.test(compiler)) continue;
      check(`${compiler}, ${resolution}: every entry, with the types of Node`, () => {
        compile(compiler, 'types.ts', { ...options, types: ['node'] });
      });
      check(`${compiler}, ${resolution}: operators, without them`, () => {
        compile(compiler, 'operatorTypes.ts', { ...options, types: [] });
      });
    }
  }

  for (const version of ['22', '24', '26']) {
    const node = join(modules, `node${version}/bin/node`);
    check(`Node ${run(node, ['--version']).trim()}: operators and testing`, () => {
      assert.match(run(node, ['operators.mjs']), /work/);
    });
    const main = join(modules, 'barometer/dist/src/cli/main.js');
    const replay = [main, 'replay', sample, '--derive', '5m', '--strategy', 'sma-cross'];
    const quiet = ['--journal', 'none', '--speed', '6000', '--time', 'simulated'];
    check(`Node ${version}: the command line, simulated`, () => {
      assert.match(run(node, [...replay, ...quiet]), /BACKPRESSURE|Backpressure/);
    });
    check(`Node ${version}: the command line, with threads`, () => {
      const fast = ['--journal', 'none', '--speed', '6000000', '--threads'];
      assert.match(run(node, [...replay, ...fast]), /BACKPRESSURE|Backpressure/);
    });
    check(`Node ${version}: a strategy in TypeScript of a CommonJS project`, () => {
      const strategy = join(consumer, 'strategy.ts');
      writeFileSync(
        strategy,
        "export default () => ({ name: 'mine', onBar: (bar: { close: number }) => (bar.close > 0 ? undefined : undefined) });\n",
      );
      const args = [main, 'replay', sample, '--strategy', './strategy.ts', ...quiet];
      assert.match(run(node, args), /mine/);
    });
  }
  check('Deno: operators and testing', () => {
    assert.match(
      run(bin('deno'), ['run', '-A', '--node-modules-dir=manual', 'operators.mjs']),
      /work/,
    );
  });
  check('Bun: operators and testing', () => {
    assert.match(run(bin('bun'), ['operators.mjs']), /work/);
  });

  const test = 'tests/marbles.cjs';
  check('jest', () => {
    const config = JSON.stringify({ testMatch: ['**/tests/*.cjs'], testEnvironment: 'node' });
    run(bin('jest'), ['--ci', '--config', config, '--rootDir', consumer]);
  });
  check('jest with jsdom', () => {
    const config = JSON.stringify({ testMatch: ['**/tests/*.cjs'], testEnvironment: 'jsdom' });
    run(bin('jest'), ['--ci', '--config', config, '--rootDir', consumer]);
  });
  check('vitest', () => {
    const config = { test: { globals: true, include: [test] } };
    writeFileSync(
      join(consumer, 'vitest.config.mjs'),
      `export default ${JSON.stringify(config)};\n`,
    );
    run(bin('vitest'), ['run', '--root', consumer]);
  });
  check('mocha', () => {
    run(bin('mocha'), [test]);
  });
  check('node:test', () => {
    run(process.execPath, ['--test', test]);
  });
  check("require('barometer/testing') takes at most 0.4 s of processor time", () => {
    const code = `
      require('rxjs'); require('rxjs/testing');
      const before = process.cpuUsage();
      require('barometer/testing');
      const { user, system } = process.cpuUsage(before);
      console.log((user + system) / 1e6);
    `;
    assert.ok(Number(run(process.execPath, ['-e', code])) < 0.4);
  });
}
