import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import * as operators from '../../operators';
import { launchChromium } from '../support/chromium';

const CHECKOUT = join(__dirname, '../..');
const PAGES = join(__dirname, 'page');

/** An application's folder, in which the built package and rxjs are installed. */
let app: string;
let browser: Browser;

beforeAll(async () => {
  execFileSync(process.execPath, ['spec/support/buildPackage.cjs'], { cwd: CHECKOUT });
  app = mkdtempSync(join(tmpdir(), 'barometer-browser-'));
  const modules = join(app, 'node_modules');
  mkdirSync(modules);
  symlinkSync(CHECKOUT, join(modules, 'barometer'));
  symlinkSync(realpathSync(join(CHECKOUT, 'node_modules/rxjs')), join(modules, 'rxjs'));
  for (const page of readdirSync(PAGES)) {
    writeFileSync(join(app, page), readFileSync(join(PAGES, page)));
  }
  browser = await launchChromium();
}, 300_000);

afterAll(async () => {
  await browser.close();
  rmSync(app, { recursive: true, force: true });
});

const withEsbuild = async (page: string): Promise<string> => {
  const { outputFiles, warnings } = await build({
    absWorkingDir: app,
    entryPoints: [page],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  return outputFiles.map(({ text }) => text).join('');
};

/** Vite is an ES module, which jest does not load: it runs in a process of its own. */
const withVite = (page: string): Promise<string> => {
  writeFileSync(join(app, 'index.html'), `<script type="module" src="./${page}"></script>`);
  const options = { root: app, logLevel: 'error', build: { outDir: 'built', emptyOutDir: true } };
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { build } from 'vite'; await build(${JSON.stringify(options)});`,
    ],
    { cwd: CHECKOUT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const assets = join(app, 'built/assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts).toHaveLength(1);
  return Promise.resolve(readFileSync(join(assets, scripts[0] as string), 'utf8'));
};

/** Runs a bundle in a page; returns what it has left in `result`. */
async function resultOf(bundle: string): Promise<unknown> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await page.setContent('<!doctype html>');
    await page.addScriptTag({ content: bundle, type: 'module' });
    await page.waitForFunction('globalThis.result !== undefined', undefined, { timeout: 30_000 });
    const result = await page.evaluate('globalThis.result');
    expect(errors).toEqual([]);
    return result;
  } finally {
    await page.close();
  }
}

describe.each([
  ['esbuild', withEsbuild],
  ['vite', withVite],
])('bundled by %s', (_name, bundle) => {
  it('a page with trackBackpressure alone is at most 8 kB, rxjs included', async () => {
    const text = await bundle('trackerAlone.js');
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(8_000);
    expect(await resultOf(text)).toEqual({ delivered: 2, backpressure: 1 });
  });

  it('all operators and the test kit work in a real browser', async () => {
    const result = await resultOf(await bundle('everything.js'));
    expect(result).toEqual({
      setImmediate: 'undefined',
      identity: { readiness: true, piped: true, measured: [0] },
      tracker: [40, 50, 60, 70, 80],
      wallClock: true,
      timeSlices: true,
      marble: ['holds'],
      failed: true,
      replay: 'MARBLE_NODE',
      serve: [10, 20, 30],
      stated: [1],
      hold: ['a', 'b'],
      latest: ['a', 'b'],
      pace: [0, 4],
      merge: [1, 2, 3, 4],
      pull: [1, 2, 3],
      partition: ['a', 'b', 'a', 'b'],
      occupied: [1, 2],
      both: false,
      holding: false,
      names: Object.keys(operators).length,
    });
  });
});
