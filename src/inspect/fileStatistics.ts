import type { Micros } from '../../streams/bars/bar';
import type { RowBatch } from '../../streams/bars/rows';

/** A stretch of time in which most happened, or nothing. */
export interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
}

export interface Busiest extends Stretch {
  readonly rows: number;
}

/** What rows that are in order of time look like. */
interface FileStatistics {
  /** Those that make bars. */
  readonly rows: number;
  /** Quotes beside them, or that they are made of. */
  readonly quotes: number;
  /** Rows of each symbol, in order of first appearance. */
  readonly symbols: ReadonlyMap<string, number>;
  readonly first: Micros | undefined;
  readonly last: Micros | undefined;
  /** Windows are aligned with the epoch. */
  readonly busiestSecond: Busiest | undefined;
  readonly busiest10ms: Busiest | undefined;
  /** The longest times without a row of any symbol, longest first. */
  readonly gaps: readonly Stretch[];
  /**
   * Bars: how many are not there between a symbol's first and last, in hours of the week in which the file
   * has any: nights and weekends are no gaps.
   */
  readonly missingBars: number;
  /** Rows with the time of the row before. */
  readonly equalTimes: number;
}

const SHOWN_GAPS = 3;

/** Looks at rows as they come; `interval` is the length of recorded bars, 0 for ticks. */
export function statisticsCollector(interval: Micros): {
  add(batch: RowBatch): void;
  survey(): FileStatistics;
} {
  const second = busiestWindow(1e6);
  const hundredth = busiestWindow(1e4);
  const perSymbol: number[] = [];
  const latest: number[] = [];
  const gaps: Stretch[] = [];
  let names: readonly string[] = [];
  let rows = 0;
  let quotes = 0;
  let first: Micros | undefined;
  let last: Micros | undefined;
  const missing = missingBarCounter(interval);
  let equalTimes = 0;

  const gap = (from: Micros, to: Micros): void => {
    const shortest = gaps.at(-1);
    const full = gaps.length === SHOWN_GAPS;
    if (full && shortest !== undefined && to - from <= shortest.to - shortest.from) return;
    if (full) gaps.pop();
    gaps.push({ from, to });
    gaps.sort((a, b) => b.to - b.from - (a.to - a.from));
  };

  return {
    add: ({ length, symbols, symbol, time, close, ticks }) => {
      names = symbols;
      let unpriced = 0;
      for (let row = 0; row < length; row += 1) {
        if (ticks !== undefined) {
          const isQuote = !Number.isNaN(ticks.bid[row]) || !Number.isNaN(ticks.ask[row]);
          if (isQuote) quotes += 1;
          if (Number.isNaN(close[row])) {
            unpriced += 1;
            continue;
          }
        }
        const at = time[row] as Micros;
        const s = symbol[row] as number;
        perSymbol[s] = (perSymbol[s] ?? 0) + 1;
        second.add(at);
        hundredth.add(at);
        if (last === undefined) first = at;
        else if (at === last) equalTimes += 1;
        else if (at - last > interval) gap(last, at);
        last = at;
        if (interval > 0) {
          missing.add(latest[s], at);
          latest[s] = at;
        }
      }
      rows += length - unpriced;
    },
    survey: () => ({
      rows,
      quotes,
      symbols: new Map(perSymbol.map((count, s) => [names[s] ?? '', count])),
      first,
      last,
      busiestSecond: second.busiest(),
      busiest10ms: hundredth.busiest(),
      gaps: [...gaps],
      missingBars: missing.count(),
      equalTimes,
    }),
  };
}

const HOUR = 3_600e6;
const WEEK = 168;

/** Counts the bars between a symbol's bars by the hour of the week in which they would have begun. */
function missingBarCounter(interval: Micros): {
  add(before: Micros | undefined, at: Micros): void;
  count(): number;
} {
  const isPresent = new Array<boolean>(WEEK).fill(false);
  const missing = new Array<number>(WEEK).fill(0);
  // Days have one hour only, longer bars none of their own.
  const slotOf = (time: Micros): number =>
    interval >= 7 * 24 * HOUR ? 0 : (((Math.floor(time / HOUR) + 96) % WEEK) + WEEK) % WEEK;
  const step = Math.max(interval, HOUR);
  return {
    add: (before, at) => {
      isPresent[slotOf(at)] = true;
      if (before === undefined || at <= before) return;
      const bars = Math.max(0, Math.round((at - before) / interval) - 1);
      if (bars === 0) return;
      // An hour at a time; of gaps of many weeks, the weeks are alike.
      const whole = Math.floor(bars / Math.max(1, step / interval));
      const each = step / interval;
      let left = bars;
      for (let hour = 0; hour <= whole && left > 0; hour += 1) {
        const slot = slotOf(before + interval + hour * step);
        const here = Math.min(each, left);
        missing[slot] = (missing[slot] ?? 0) + here;
        left -= here;
      }
    },
    count: () =>
      Math.round(missing.reduce((sum, bars, slot) => (isPresent[slot] ? sum + bars : sum), 0)),
  };
}

function busiestWindow(length: Micros): {
  add(time: Micros): void;
  busiest(): Busiest | undefined;
} {
  let window = NaN;
  let count = 0;
  let most: { window: number; count: number } | undefined;
  return {
    add: (time) => {
      const at = Math.floor(time / length);
      if (at !== window) {
        window = at;
        count = 0;
      }
      count += 1;
      if (most === undefined || count > most.count) most = { window, count };
    },
    busiest: () =>
      most === undefined
        ? undefined
        : { from: most.window * length, to: (most.window + 1) * length, rows: most.count },
  };
}
