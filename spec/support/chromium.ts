import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Debian's package `chromium-headless-shell`, which .ci/packages lists: without it, specs that need a browser fail. */
const EXECUTABLE = '/usr/bin/chromium-headless-shell';

/** A real browser without a window that loads nothing from elsewhere. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
