import type { ObservableInput, OperatorFunction } from 'rxjs';
import { defer, finalize, from, mergeAll, pipe, tap } from 'rxjs';
import { serve } from '../../operators';
import type { ServeOptions } from '../../operators';
import { stopwatch as realTime } from '../../operators/kernel/stopwatch';
import type { Signal } from '../bars/bar';
import type { BarReader } from '../bars/history';
import { itemReading } from '../bars/item';
import type { Item } from '../bars/item';
import type { StrategyRunner } from '../strategies/strategyRunner';

/**
 * The analysis stage: strategies hear of complete bars, what they say are signals.
 *
 * ```
 * bars     -a--b-c---|
 *          analysis(history, runner)
 * signals  ----B---C-|
 * ```
 *
 * The strategies that a bar wakes work one after another, in the order given; the stage's service
 * time is theirs together. Once it is unsubscribed from, none is woken any more.
 */
export function analysis(
  history: BarReader,
  runner: StrategyRunner,
  options: ServeOptions<Item, Signal> = {},
): OperatorFunction<Item, Signal> {
  return (items) =>
    defer(() =>
      items.pipe(
        analyses(analysing(history, runner, options.stopwatch), options),
        tap(() => {
          runner.onSignal();
        }),
      ),
    );
}

/** What the analysis does with an item, and how it is timed. */
interface Analysing {
  readonly process: (item: Item) => ObservableInput<Signal> | undefined;
  /** To be read twice an item: before `process`, and when what it returned is there. */
  readonly stopwatch: () => number;
  /** From now on, nobody wants the signals: no strategy is woken any more. */
  readonly close: () => void;
}

export function analysing(
  history: BarReader,
  runner: StrategyRunner,
  stopwatch = realTime,
): Analysing {
  // The strategies are timed one by one, so the stage's own readings can be shared with them: of
  // the two that are taken of an item, the second is the last strategy's. Kept in an object: a number
  // that a function keeps for itself would be a new object at every reading.
  const shared = { began: NaN, isUnderWay: false };
  let isClosed = false;
  const closed = (): boolean => isClosed;
  return {
    process: (item) => {
      history.reached(item);
      const signals = shared.isUnderWay
        ? runner.run(item, shared.began, closed)
        : runner.run(item, undefined, closed);
      return signals instanceof Promise ? from(signals).pipe(mergeAll()) : signals;
    },
    stopwatch: runner.timed
      ? () => {
          shared.isUnderWay = !shared.isUnderWay;
          return shared.isUnderWay ? (shared.began = stopwatch()) : runner.latest;
        }
      : stopwatch,
    close: () => {
      isClosed = true;
    },
  };
}

/** The stage around its work, for one subscription. */
export function analyses(
  { process, stopwatch, close }: Analysing,
  options: ServeOptions<Item, Signal>,
): OperatorFunction<Item, Signal> {
  return pipe(
    serve<Item, Signal>(process, { ...itemReading, outputs: 'atEnd', ...options, stopwatch }),
    finalize(close),
  );
}
