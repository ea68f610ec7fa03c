/**
 * Makes docs/dashboard.png and docs/tutorial.png: the dashboards of the demo run and of the slow run of
 * docs/tutorial.md, in Debian's Chromium. `npm run screenshot`.
 */
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const checkout = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'barometer-screenshot-'));
const page = join(folder, 'report.html');

const register = require.resolve('ts-node/register/transpile-only');

const barometerIn = (cwd, ...argv) =>
  execFileSync(process.execPath, ['-r', register, join(checkout, 'src/cli/main.ts'), ...argv], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      BAROMETER_DIR: folder,
      TS_NODE_PROJECT: join(checkout, 'tsconfig.json'),
    },
  });

const barometer = (...argv) => barometerIn(checkout, ...argv);

/** Writes the strategy of the tutorial, and a configuration that says nothing. */
function tutorialStrategy() {
  const text = readFileSync(join(checkout, 'docs/tutorial.md'), 'utf8');
  const [, code] = /^```ts strategies\/simulation\.ts\n([^]*?)^```$/m.exec(text);
  writeFileSync(join(folder, 'simulation.ts'), code);
  writeFileSync(join(folder, 'none.cjs'), 'module.exports = {};');
}

/** Shows a page and takes the picture when `ready` resolves. */
async function picture(browser, name, ready) {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 1010 } });
  await tab.goto(pathToFileURL(page).href);
  await tab.locator('main').waitFor();
  await ready(tab);
  await tab.screenshot({ path: join(checkout, 'docs', name) });
  await tab.close();
}

async function main() {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  barometer(
    ...['replay', 'spec/sample/synthetic.csv', '--derive', '5m', '--speed', '6000', '--quiet'],
    ...['--strategy', 'sma-cross', '--strategy', 'busy:us=5000'],
  );
  barometer('dashboard', 'latest', '--out', page);
  await picture(browser, 'dashboard.png', async (tab) => {
    await tab.keyboard.press('Home');
    for (let i = 0; i < 79; i += 1) await tab.keyboard.press('ArrowRight');
    await tab.getByText('window 80 of').waitFor();
  });
  barometer('init', folder);
  tutorialStrategy();
  barometerIn(
    folder,
    ...['replay', 'ticks/synthetic.csv', '--config', 'none.cjs', '--derive', '5m'],
    ...['--strategy', './simulation.ts', '--speed', '10000', '--quiet'],
  );
  barometer('dashboard', 'latest', '--out', page);
  await picture(browser, 'tutorial.png', () => Promise.resolve());
  await browser.close();
}

main().finally(() => {
  rmSync(folder, { recursive: true, force: true });
});
