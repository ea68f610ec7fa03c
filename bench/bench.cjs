/**
 * Installs the peers where they are missing, builds the package and the benches as the package is
 * built, and runs a table: `npm run bench -- TABLE [options]`.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { join } = require('node:path');

const run = (program, args, options = {}) =>
  spawnSync(program, args, { cwd: __dirname, stdio: ['ignore', 2, 'inherit'], ...options });

const installed = join(__dirname, 'node_modules/.package-lock.json');
const lock = join(__dirname, 'package-lock.json');
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  const { status } = run('npm', ['ci', '--no-audit', '--no-fund']);
  if (status !== 0) process.exit(status ?? 1);
}

const compiler = require.resolve('typescript/bin/tsc');
const { status: compiled } = run(process.execPath, [compiler, '-p', __dirname]);
// 2: there are errors of type, and output all the same. Good enough to measure, not to pass a test.
const tolerant = !process.argv.includes('--smoke');
if (compiled !== 0 && !(compiled === 2 && tolerant)) process.exit(compiled ?? 1);
if (compiled === 2) console.error('bench: goes on in spite of the type errors above');

const main = join(__dirname, 'dist/bench/src/main.js');
const { status } = run(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
