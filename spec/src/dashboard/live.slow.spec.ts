import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { followJournal, startDashboard } from '../../../src/dashboard';
import { buildReport } from '../../../src/report';
import { authorityOf } from '../../../src/server';
import { FeedServer } from '../../streams/live/support/feedServer';
import { itWith } from '../../support/itWith';
import { until } from '../../monitoring/prometheusServer';
import { folder } from '../journal/given';
import { figuresOf, launch, watchedPage } from './browser';

const ROOT = join(__dirname, '../../..');
const path = folder();
const opened: { close(): unknown }[] = [];
let browser: Browser;
let child: ChildProcess | undefined;
let timer: NodeJS.Timeout | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  clearInterval(timer);
  await browser.close();
  for (const each of opened.reverse()) await each.close();
  child?.kill('SIGKILL');
});

describe('the page of a live feed', () => {
  itWith('chromium-headless-shell')(
    'shows whether it is connected, what came, and what is missing',
    async () => {
      const venue = await FeedServer.open();
      opened.push(venue);
      const journal = path('live.ndjson');
      child = spawn(
        process.execPath,
        [
          ...['-r', 'ts-node/register/transpile-only', 'src/cli/main.ts', 'live', venue.url],
          ...['--format', 'ticks', '--bars', '1s', '--quiet', '--journal', journal],
          ...['--record', 'none', '--strategy', 'busy:us=100'],
        ],
        { cwd: ROOT, stdio: 'ignore' },
      );
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      await venue.connected();
      let id = 0;
      timer = setInterval(() => {
        // Of ten ids one never comes.
        id += id % 10 === 8 ? 2 : 1;
        venue.send(JSON.stringify({ symbol: 'A', time: Date.now() * 1000, price: 1, size: 1, id }));
      }, 20);
      await until(
        async () => ((await readFile(journal, 'utf8')).includes('\n') ? true : undefined),
        'a journal',
      );
      const followed = await followJournal(journal);
      if (followed === undefined) throw new Error('no journal');
      const server = await startDashboard({
        address: { host: '127.0.0.1', port: 0 },
        journal: followed,
        directory: dirname(journal),
      });
      opened.push(followed, server);
      const { page, troubles } = await watchedPage(browser);
      await page.goto(`http://${authorityOf(server.address)}/`);
      const feeds = page.locator('section', { has: page.getByRole('heading', { name: 'Feeds' }) });
      await feeds.getByText('connected', { exact: true }).waitFor();
      const received = async (): Promise<number> =>
        Number(
          (await figuresOf(page)).find((figure) => figure.path.at(-1) === 'received')?.value ?? 0,
        );
      const before = await received();
      await until(async () => ((await received()) > before ? true : undefined), 'more rows');
      await page.getByText('First gaps').waitFor();
      await page.getByRole('img', { name: /^Feed, rows in no bar/ }).waitFor();
      venue.refusesWith = 503;
      venue.cut();
      await feeds.getByText(/^disconnected: /).waitFor();
      child.kill('SIGINT');
      await ended;
      await page.locator('[data-state="stopped"], [data-state="done"]').waitFor();
      const { feed } = buildReport(followed.timeline.state);
      const counts = Object.entries(feed?.bySource ?? {})[0]?.[1] as unknown as
        Record<string, string> | undefined;
      expect(Number(counts?.['missing'])).toBeGreaterThan(0);
      for (const { path: parts, value } of await figuresOf(page)) {
        if (parts[1] === 'bySource')
          expect([parts, value]).toEqual([parts, counts?.[parts[3] ?? '']]);
      }
      expect(troubles).toEqual([]);
    },
    120_000,
  );
});
