import type { Timings } from '../journal';
import type { Change } from './change';
import type { Work } from './work';

/** What the changes make of each series, stage and strategy. */
interface Factors {
  readonly processor: number;
  readonly analysis: number;
  readonly ofStrategy: Float64Array;
  /** By series: of its symbol, and of its interval. */
  readonly ofSymbol: Float64Array;
  readonly ofInterval: Float64Array;
}

function factorsOf({ strategies, series }: Timings, changes: readonly Change[]): Factors {
  const of = (kind: Change['kind'], name: string): number =>
    changes
      .filter((change) => change.kind === kind && change.name === name)
      .reduce((product, { factor }) => product * factor, 1);
  return {
    processor: of('stage', 'processor'),
    analysis: of('stage', 'analysis'),
    ofStrategy: Float64Array.from(strategies, (name) => of('strategy', name)),
    ofSymbol: Float64Array.from(series, ({ symbol }) => of('symbol', symbol)),
    ofInterval: Float64Array.from(series, ({ interval }) => of('interval', interval)),
  };
}

/**
 * The work as it would be with these changes; what they do not touch is shared with the recording.
 *
 * - A stage's factor is that of all its services, a strategy's that of its parts of the updates.
 * - A symbol's factor is that of all services of its bars; at 0 they do not come at all.
 * - An interval's factor is that of analysis on its bars; at 0 they do not come to analysis.
 *   Base bars are processed all the same: everything is made of them.
 * - A watermark closes derived bars: each has an equal part of its service time.
 */
export function applyWhatIf(timings: Timings, changes: readonly Change[]): Work {
  if (changes.length === 0) return timings;
  const factors = factorsOf(timings, changes);
  const updates = reworkUpdates(timings, factors);
  const { items, index } = reworkItems(timings, factors);
  if (index === undefined) return { items, updates };
  return { items, updates: { ...updates, cause: updates.cause.map((at) => index[at] as number) } };
}

function reworkUpdates(timings: Timings, factors: Factors): Work['updates'] {
  const { updates, parts } = timings;
  const { ofStrategy, ofSymbol, ofInterval } = factors;
  const service = new Float64Array(updates.length);
  const cause = new Uint32Array(updates.length);
  let kept = 0;
  for (let u = 0; u < updates.length; u += 1) {
    const series = updates.series[u] as number;
    const factor = (ofSymbol[series] as number) * (ofInterval[series] as number);
    if (factor === 0) continue;
    let saved = 0;
    const end = updates.firstPart[u + 1] as number;
    for (let part = updates.firstPart[u] as number; part < end; part += 1) {
      const left = ofStrategy[parts.strategy[part] as number] as number;
      saved += (1 - left) * (parts.took[part] as number);
    }
    const took = Math.max(0, (updates.service[u] as number) - saved);
    service[kept] = took * factor * factors.analysis;
    cause[kept] = updates.cause[u] as number;
    kept += 1;
  }
  return { length: kept, service: service.subarray(0, kept), cause: cause.subarray(0, kept) };
}

/** `index`: where each item has gone; undefined where all have stayed. */
function reworkItems(
  { items, updates }: Timings,
  { ofSymbol, ofInterval, processor }: Factors,
): { readonly items: Work['items']; readonly index: Uint32Array | undefined } {
  const { length } = items;
  const isGone = ofSymbol.some((factor) => factor === 0);
  const time = isGone ? new Float64Array(length) : items.time;
  const series = isGone ? new Int32Array(length) : items.series;
  const index = isGone ? new Uint32Array(length) : undefined;
  const service = new Float64Array(length);
  let kept = 0;
  let update = 0;
  for (let i = 0; i < length; i += 1) {
    const ofItem = items.series[i] as number;
    let factor = ofItem < 0 ? 0 : (ofSymbol[ofItem] as number);
    let outputs = 0;
    for (; update < updates.length && updates.cause[update] === i; update += 1) {
      if (ofItem >= 0) continue;
      const closed = updates.series[update] as number;
      factor += (ofSymbol[closed] as number) * (ofInterval[closed] as number);
      outputs += 1;
    }
    if (ofItem < 0) factor = outputs === 0 ? 1 : factor / outputs;
    else if (factor === 0) continue;
    service[kept] = (items.service[i] as number) * factor * processor;
    if (index !== undefined) {
      time[kept] = items.time[i] as number;
      series[kept] = ofItem;
      index[i] = kept;
    }
    kept += 1;
  }
  const columns = isGone
    ? {
        time: time.subarray(0, kept),
        service: service.subarray(0, kept),
        series: series.subarray(0, kept),
      }
    : { time, service, series };
  return { items: { length: kept, ...columns }, index };
}
