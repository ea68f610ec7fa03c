import {
  distinct,
  distinctUntilChanged,
  from,
  map,
  mergeMap,
  type Observable,
  pairwise,
  startWith,
} from 'rxjs';
import type { EdgeName } from '../../streams/events';
import { counterOf } from './metricCatalog';
import { edgesOf } from './edges';
import { initialState } from './initialState';
import type { MetricsState } from './state';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

/** A number of backpressure events worth telling somebody. */
export interface BackpressureWarning {
  readonly edge: EdgeName;
  readonly count: bigint;
  readonly text: string;
}

export interface WarningOptions {
  /** How many events apart, on the first edge and on those after it; 0: never. Default: 1,000 and 500. */
  readonly every?: readonly [first: number, second: number];
}

const WARNING_OPTIONS: OptionNames<WarningOptions> = { every: true };

const grouped = (count: bigint): string => count.toLocaleString('en-US');

function* multiples(step: bigint, after: bigint, upTo: bigint): Generator<bigint> {
  for (let count = (after / step + 1n) * step; count <= upTo; count += step) yield count;
}

function* crossed(
  before: MetricsState,
  after: MetricsState,
  steps: readonly bigint[],
): Generator<BackpressureWarning> {
  for (const [index, { name: edge, label, consumerName }] of edgesOf(after.topology).entries()) {
    const step = steps[index] ?? steps.at(-1) ?? 0n;
    if (step === 0n) continue;
    const { backpressure: from = 0n } = before.edges[edge] ?? {};
    const { backpressure = 0n, behind = 0n } = after.edges[edge] ?? {};
    for (const count of multiples(step, from, backpressure)) {
      // A burst alone is not falling behind.
      const how =
        behind === 0n
          ? 'all in bursts'
          : `${grouped(behind < count ? behind : count)} behind (${consumerName} falling behind)`;
      const text = `[BACKPRESSURE] ${label}: ${grouped(count)} events, ${how}`;
      yield { edge, count, text };
    }
  }
}

/**
 * One warning for every multiple that a counter of backpressure events reaches or passes, however
 * many a single batch of events passes at once. Counting starts at 0: who subscribes late hears
 * first of everything that was passed before. Throws `RangeError` for a step that is no whole
 * number of at least 0.
 *
 *     backpressure:  0--900--2100-----|
 *     warnings:      --------(12)-----|     (1,000 and 2,000)
 */
export function warnings(
  metrics$: Observable<MetricsState>,
  options: WarningOptions = {},
): Observable<BackpressureWarning> {
  checkOptionNames('warnings', options, WARNING_OPTIONS);
  const { every = [1000, 500] } = options;
  if (every.some((step) => !Number.isSafeInteger(step) || step < 0)) {
    throw new RangeError(
      `The steps between warnings must be whole numbers, 0 for never; got ${every.join(', ')}.`,
    );
  }
  const steps = every.map(BigInt);
  return metrics$.pipe(
    startWith(initialState),
    pairwise(),
    mergeMap(([before, after]) => crossed(before, after, steps)),
  );
}

export interface SaturationWarning {
  readonly counter: string;
  readonly of?: string;
  readonly text: string;
}

/** One warning for each 64-bit counter that has reached its largest value and stays there. */
export function saturationWarnings(
  metrics$: Observable<MetricsState>,
): Observable<SaturationWarning> {
  return metrics$.pipe(
    map(({ saturated }) => saturated),
    // The list of nearly every state is the one before: it is gone through when it has changed.
    distinctUntilChanged(),
    mergeMap((saturated) => from(saturated)),
    distinct(({ counter, of }) => `${counter} ${of ?? ''}`),
    map((saturated) => {
      const where = saturated.of === undefined ? '' : ` of ${saturated.of}`;
      const { label } = counterOf(saturated.counter);
      const text = `The counter "${label}"${where} has reached 2^63-1 and counts no further.`;
      return { ...saturated, text };
    }),
  );
}
