import type { Table } from '../frame/table';
import { scraped } from '../rows/scraped';
import { figureNamed, peakMb } from './figures';

const userNs = {
  title: 'user CPU ns/tick',
  of: ({ figures, items }: { figures: Readonly<Record<string, number>>; items: number }) =>
    ((figures['userMs'] ?? NaN) * 1e6) / items,
  digits: 1,
};

export const metrics: Table = {
  name: 'metrics',
  title: 'What /metrics costs',
  input: (size) =>
    `${size.toLocaleString('en')} ticks of 8 symbols in 10 s on the wall clock → 1s bars → 5m → moving-average crossover`,
  rows: [
    scraped('off', 'no server', { isScraped: false }),
    scraped('on', 'a scrape a second', { isScraped: true }),
    scraped('symbols', 'a scrape a second, with symbols', { isScraped: true, symbols: 50 }),
  ],
  sizes: { full: 5_000_000, quick: 1_000_000, smoke: 60_000 },
  warmUp: 300_000,
  rounds: 5,
  figures: [
    userNs,
    figureNamed('systemMs', 'system CPU ms', 0),
    figureNamed('scrapes', 'scrapes', 0),
    peakMb,
  ],
  beside: ['off'],
  targets: [{ row: 'on', beside: 'off', atLeast: 0.98 }],
};
