import { spawn } from 'node:child_process';
import { replay } from '../../../src';
import { startMetricsServer } from '../../../src/export';
import { authorityOf } from '../../../src/server';
import type { Row } from '../frame/table';
import { Crossings } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { eightSymbols } from './input';
import { crossover, sourceOf } from './ours';

/** Milliseconds of the wall in which a run goes through its ticks. */
const LENGTH = 10_000;
const EVERY = 1_000;

/** Scrapes from a child process, so that its work is not counted as the run's. */
const SCRAPER = `
  const [url, every] = process.argv.slice(1);
  setInterval(() => fetch(url).then((answer) => answer.text()), Number(every));
`;

const speedFor = ({ time, length }: Ticks): number =>
  ((time[length - 1] ?? 0) - (time[0] ?? 0)) / 1_000 / LENGTH;

interface ScrapedOptions {
  readonly isScraped: boolean;
  /** Symbols with metrics of their own. */
  readonly symbols?: number;
}

/** A run on the wall clock, with a server for Prometheus and a scrape every second, or without. */
export const scraped = (
  name: string,
  title: string,
  { isScraped, symbols = 0 }: ScrapedOptions,
): Row => ({
  name,
  title,
  prepare: ({ size, checking, warming = false }) => {
    const ticks = eightSymbols(size);
    return async () => {
      const crossings = new Crossings(checking);
      const strategies = [crossover(crossings)];
      const clock = checking || warming ? {} : { time: 'wall' as const, speed: speedFor(ticks) };
      const run = replay(sourceOf(ticks), { bars: '1s', derive: ['5m'], strategies, ...clock });
      const stop = isScraped ? await scrape(() => run.state(), symbols) : undefined;
      const before = process.cpuUsage();
      await run.start().done;
      const { user, system } = process.cpuUsage(before);
      const scrapes = (await stop?.()) ?? 0;
      const figures = { userMs: user / 1_000, systemMs: system / 1_000, scrapes };
      return { items: size, same: crossings.counts(), figures };
    };
  },
});

type State = Parameters<typeof startMetricsServer>[0]['state'];

/** Returns how to stop it, which resolves with the number of scrapes. */
async function scrape(state: State, symbols: number): Promise<() => Promise<number>> {
  let scrapes = 0;
  const server = await startMetricsServer({
    address: { host: '127.0.0.1', port: 0 },
    symbols,
    state: () => {
      scrapes += 1;
      return state();
    },
  });
  const url = `http://${authorityOf(server.address)}/metrics`;
  const scraper = spawn(process.execPath, ['-e', SCRAPER, url, String(EVERY)], {
    stdio: 'inherit',
  });
  return async () => {
    scraper.kill();
    await server.close();
    return scrapes;
  };
}
