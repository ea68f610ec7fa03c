import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Debian's Chromium, without a window. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: FLAGS });

/** A page, and everything that must not happen on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Console messages, errors, dialogs, and requests to other places than this machine. */
  readonly troubles: string[];
}

export async function watchedPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(`console: ${message.text()}`));
  page.on('pageerror', ({ message }) => troubles.push(`error: ${message}`));
  page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`));
  await context.route('**', async (route) => {
    const url = route.request().url();
    if (/^(http:\/\/127\.0\.0\.1:\d+\/|file:\/\/|data:|blob:)/.test(url)) return route.continue();
    troubles.push(`request: ${url}`);
    return route.abort();
  });
  return { page, troubles };
}

/** Waits until the page shows the run after that event. */
export const showsEvent = async (page: Page, seq: number, timeout = 20_000): Promise<void> => {
  await page.locator(`main[data-seq="${seq}"]`).waitFor({ timeout });
};

/** Waits until the page shows everything due by a market time, in epoch milliseconds. */
export const showsWindow = async (page: Page, at = 0, timeout = 20_000): Promise<void> => {
  await page.locator(`main[data-at="${at}"]`).waitFor({ timeout });
};

/** Moves the slider as a hand would. */
export const slideTo = (page: Page, index: number): Promise<void> =>
  page.locator('#place').evaluate((slider, to) => {
    const input = slider as unknown as { value: string; dispatchEvent(event: unknown): void };
    input.value = String(to);
    const { Event } = globalThis as unknown as {
      Event: new (type: string, options: object) => unknown;
    };
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, index);

/** A figure of the page: where the report has it, its exact value, and its text. */
export interface ShownFigure {
  readonly path: readonly string[];
  readonly as: 'count' | 'share' | 'ms';
  readonly value: string;
  readonly text: string;
}

export const figuresOf = async (page: Page): Promise<ShownFigure[]> => {
  const found = await page.locator('data[data-path]').evaluateAll((elements) =>
    (elements as unknown as { getAttribute(name: string): string; textContent: string }[]).map(
      (element) => ({
        path: element.getAttribute('data-path'),
        as: element.getAttribute('data-as'),
        value: element.getAttribute('value'),
        text: element.textContent,
      }),
    ),
  );
  return found.map(({ path, as, ...rest }) => ({
    ...rest,
    path: JSON.parse(path) as string[],
    as: as as ShownFigure['as'],
  }));
};
