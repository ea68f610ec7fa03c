import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LogLinearHistogram } from '../../../operators';
import type { Row } from '../frame/table';
import type { BarLike } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { each, tickBarAt } from './input';
import { discard, transform } from './nodeStreams';
import { onEightSymbols } from './onEightSymbols';
import { analysing, deriving } from './stages';

/** A bar, and when its tick was read: what it is late by is told from then on. */
interface Stamped {
  readonly bar: BarLike;
  readonly due: number;
}

const stampedAt = (ticks: Ticks, row: number): Stamped => ({
  bar: tickBarAt(ticks, row),
  due: performance.now(),
});

/** What a stage knows of itself and of the edge before it. */
class Measured {
  readonly service = new LogLinearHistogram();
  readonly lateness = new LogLinearHistogram();
  readonly #handed = new Map<string, { delivered: number; notReady: number }>();

  /** Does a stage's work, timed; how long that took. */
  serve({ bar, due }: Stamped, ready: boolean, work: (bar: BarLike) => void): number {
    let counts = this.#handed.get(bar.symbol);
    if (counts === undefined) {
      this.#handed.set(bar.symbol, (counts = { delivered: 0, notReady: 0 }));
    }
    counts.delivered += 1;
    if (!ready) counts.notReady += 1;
    const began = performance.now();
    this.lateness.record(began - due);
    work(bar);
    const took = performance.now() - began;
    this.service.record(took);
    return took;
  }
}

const LOOK_BACK = 1_024;
const COLUMNS = 8;

/** Of one symbol and interval: the bars that a strategy can look back on, and what it has cost. */
class Account {
  readonly #bars = new Float64Array(LOOK_BACK * COLUMNS);
  items = 0;
  totalMs = 0;
  maxMs = 0;

  append({ start, end, open, high, low, close, volume, count }: BarLike): void {
    const bars = this.#bars;
    const at = (this.items % LOOK_BACK) * COLUMNS;
    bars[at] = start;
    bars[at + 1] = end;
    bars[at + 2] = open;
    bars[at + 3] = high;
    bars[at + 4] = low;
    bars[at + 5] = close;
    bars[at + 6] = volume;
    bars[at + 7] = count;
  }

  charge(took: number): void {
    this.items += 1;
    this.totalMs += took;
    if (took > this.maxMs) this.maxMs = took;
  }
}

class Accounts {
  readonly #accounts = new Map<string, Map<string, Account>>();

  of({ symbol, interval }: BarLike): Account {
    let ofInterval = this.#accounts.get(interval);
    if (ofInterval === undefined)
      this.#accounts.set(interval, (ofInterval = new Map<string, Account>()));
    let account = ofInterval.get(symbol);
    if (account === undefined) ofInterval.set(symbol, (account = new Account()));
    return account;
  }
}

/**
 * The same three stages, and the same work as `ours, everything on`, as somebody would write it on Node
 * streams: the time of each service and how late it began, in histograms; by symbol, what each edge delivered,
 * and to whom it was not ready; 1,024 bars for the strategy to look back on, and what it has cost. No windows,
 * no journal, no report.
 */
export const nodeStreamsMeasured: Row = {
  name: 'node-streams-measured',
  title: 'Node streams, measuring what we measure',
  prepare: onEightSymbols(async (ticks, crossings) => {
    const derive = deriving();
    const analyse = analysing(crossings);
    const first = new Measured();
    const second = new Measured();
    const accounts = new Accounts();
    await pipeline(
      Readable.from(each(ticks, stampedAt)),
      transform<Stamped>((item, stage) => {
        const { due } = item;
        let bars: readonly BarLike[] = [];
        first.serve(item, !stage.writableNeedDrain, (bar) => (bars = derive(bar)));
        for (const bar of bars) stage.push({ bar, due });
      }),
      transform<Stamped>((item, stage) => {
        const account = accounts.of(item.bar);
        let signal: ReturnType<typeof analyse>;
        const took = second.serve(item, !stage.writableNeedDrain, (bar) => {
          account.append(bar);
          signal = analyse(bar);
        });
        account.charge(took);
        if (signal !== undefined) stage.push(signal);
      }),
      discard(),
    );
  }),
};
