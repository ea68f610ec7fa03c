import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page, as the browser gets it. */
export interface Assets {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

const BUILT = join(__dirname, 'page');
/** Only in a checkout. */
const BUILD = join(__dirname, '../../spec/support/buildPage.cjs');

let known: Assets | undefined;

/** The built page; in a checkout, where nothing is built, it is bundled now. */
export function pageAssets(): Assets {
  known ??= existsSync(join(BUILT, 'page.js')) ? builtAssets() : bundled();
  return known;
}

function builtAssets(): Assets {
  const read = (name: string): string => readFileSync(join(BUILT, name), 'utf8');
  return { html: read('index.html'), script: read('page.js'), style: read('page.css') };
}

function bundled(): Assets {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a script of the checkout, by its path
  const { bundlePage } = require(BUILD) as { bundlePage: () => Assets };
  return bundlePage();
}
