import type { Timings } from '../../../src/journal';

/** Symbol and interval; the order is the series' index. */
type PersistentMap = readonly [symbol: string, interval: string];
/** Market time in milliseconds, index of the series (-1: a watermark), service time. */
type Item = readonly [timeMs: number, series: number, service: number];
/** Index of the item that causes it and of the series, service time, and what strategies took of it. */
type Update = readonly [cause: number, series: number, service: number, parts?: readonly Part[]];
type Part = readonly [strategy: number, took: number];

/** Service times written down by hand, due at speed 1 from the epoch on. */
export function timingsOf(given: {
  readonly strategies?: readonly string[];
  readonly intervals?: readonly string[];
  readonly series: readonly PersistentMap[];
  readonly items: readonly Item[];
  readonly updates?: readonly Update[];
}): Timings {
  const { strategies = [], intervals = ['1m'], series, items, updates = [] } = given;
  const parts = updates.map(([, , , of = []]) => of);
  return {
    run: 'run-1',
    strategies,
    intervals,
    series: series.map(([symbol, interval]) => ({ symbol, interval })),
    items: {
      length: items.length,
      time: Float64Array.from(items, ([timeMs]) => timeMs * 1_000),
      due: Float64Array.from(items, ([timeMs]) => timeMs),
      service: Float64Array.from(items, ([, , service]) => service),
      series: Int32Array.from(items, ([, of]) => of),
    },
    updates: {
      length: updates.length,
      service: Float64Array.from(updates, ([, , service]) => service),
      cause: Uint32Array.from(updates, ([cause]) => cause),
      series: Int32Array.from(updates, ([, of]) => of),
      firstPart: Uint32Array.from([[], ...parts], (_, u) => parts.slice(0, u).flat().length),
    },
    parts: {
      length: parts.flat().length,
      took: Float32Array.from(parts.flat(), ([, took]) => took),
      strategy: Uint16Array.from(parts.flat(), ([strategy]) => strategy),
    },
  };
}
