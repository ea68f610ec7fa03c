/** Makes docs/dashboard.png: the dashboard of the demo run, in Debian's Chromium. `npm run screenshot`. */
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const checkout = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'barometer-screenshot-'));
const page = join(folder, 'report.html');

const barometer = (...argv) =>
  execFileSync(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', 'src/cli/main.ts', ...argv],
    {
      cwd: checkout,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, BAROMETER_DIR: folder },
    },
  );

async function main() {
  barometer(
    ...['replay', 'spec/sample/synthetic.csv', '--derive', '5m', '--speed', '6000', '--quiet'],
    ...['--strategy', 'sma-cross', '--strategy', 'busy:us=5000'],
  );
  barometer('dashboard', 'latest', '--out', page);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const tab = await browser.newPage({ viewport: { width: 1200, height: 1010 } });
  await tab.goto(pathToFileURL(page).href);
  await tab.locator('main').waitFor();
  await tab.keyboard.press('Home');
  for (let i = 0; i < 79; i += 1) await tab.keyboard.press('ArrowRight');
  await tab.getByText('window 80 of').waitFor();
  await tab.screenshot({ path: join(checkout, 'docs/dashboard.png') });
  await browser.close();
}

main().finally(() => {
  rmSync(folder, { recursive: true, force: true });
});
