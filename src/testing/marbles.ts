import { appendAll } from '../../operators/kernel/extremes';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';
import { barsOf } from './barsOf';
import type { BarValue, MarbleBar, MarbleBars } from './barsOf';
import { expectations } from './expectations';
import type { Expectations } from './expectations';
import { MarbleError } from './marbleError';
import { loadReplay } from './loadReplay';
import type { marbleReplay, MarbleReplayOptions, MarbleRun } from './marbleReplay';
import { readinessOf } from './readinessOf';
import type { MarbleReadiness } from './readinessOf';

/** What a marble test works with. A frame is a millisecond, and all time is the test's. */
export interface Marbles
  extends Pick<RunHelpers, 'cold' | 'hot' | 'time' | 'flush' | 'animate'>, Expectations {
  /** For operators that ask for one. */
  readonly scheduler: TestScheduler;
  /** A consumer's readiness: `t` ready, `f` not ready; ready at first. */
  readonly readiness: (marbles: string) => MarbleReadiness;
  /**
   * Recorded bars, each ending at its frame. A letter's value is its close, or
   * `{ symbol, open, high, low, close, volume }` as far as it matters; without `symbol` the letter is it.
   */
  readonly bars: (
    marbles: string,
    values?: Readonly<Record<string, BarValue>>,
    symbol?: string,
  ) => MarbleBars;
  /** Sends bars through the three stages, one base interval (`1m` unless `bars` says otherwise) in a frame. Node only. */
  readonly replay: (bars: MarbleBars, options?: MarbleReplayOptions) => MarbleRun;
  /** Does something in a frame, before what is due there. */
  readonly at: (frame: number, work: () => void) => void;
}

/**
 * Runs a marble test: `TestScheduler.run` with readiness, bars, replays and counters besides.
 * Returns what the test returns; throws a `MarbleError` that shows every expectation that does not
 * hold, what was expected and what came under each other. Works in any test runner, and in none.
 *
 * @example
 * marbles(({ hot, readiness, expectObservable, expectEdge }) => {
 *   const items = hot('             -a-b-c-d-|');
 *   const ready = readiness('       t-f---t---');
 *   const events = new Subject<EdgeEvent>();
 *   const tracked = items.pipe(trackBackpressure(ready, { edge: 'in-out', events }));
 *   expectObservable(tracked).toBe('-a-b-c-d-|');
 *   expectEdge(events).toBe('       -D-B-B-D--');
 * });
 */
export function marbles<R>(test: (kit: Marbles) => R): R {
  const scheduler = new TestScheduler(() => undefined);
  const replays: ReturnType<typeof marbleReplay>[] = [];
  const fixtures: MarbleBar[] = [];
  const { check, close, ...expects } = expectations(scheduler, fixtures);
  let unstarted: MarbleRun[] = [];
  const start = (): void => {
    for (const run of unstarted) {
      scheduler.schedule(() => {
        run.start();
      });
    }
    unstarted = [];
  };
  const stop = (): void => {
    close();
    for (const { run } of replays) run.stop();
  };
  try {
    return scheduler.run(({ cold, hot, time, flush, animate }) => {
      const returned = test({
        cold,
        hot,
        time,
        animate,
        flush() {
          start();
          flush();
        },
        scheduler,
        readiness: (diagram) => readinessOf(diagram, scheduler),
        bars(diagram, values, symbol) {
          const bars = barsOf(diagram, values, symbol);
          appendAll(fixtures, bars.bars);
          return bars;
        },
        replay(bars, options = {}) {
          const made = loadReplay().marbleReplay(bars, options, scheduler);
          replays.push(made);
          unstarted.push(made.run);
          return made.run;
        },
        at: (frame, work) => {
          scheduler.schedule(work, frame - scheduler.now());
        },
        ...expects,
      });
      if (returned instanceof Promise) {
        throw new MarbleError(
          'MARBLE_PROMISE',
          'the test returned a promise, and none arrives in a marble test.',
        );
      }
      start();
      flush();
      check(replays.map(({ ending }) => ending()));
      // Here, so that their promises come true as well.
      stop();
      return returned;
    });
  } finally {
    stop();
  }
}
