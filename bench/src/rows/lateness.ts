import { concatMap, delay, of, range, takeUntil, timer } from 'rxjs';
import { fromColumns, replay } from '../../../src';
import type { Row } from '../frame/table';
import { ticksEvery } from '../work/regular';
import type { Ticks } from '../work/ticks';

/** Market milliseconds between two ticks. */
export const STEP = 10;
/** On the thread besides: so many milliseconds of work in every so many. */
const LOAD = { work: 5, every: 20 };

/** How a row delivers: says of each tick that it has arrived. */
type Deliver = (
  ticks: Ticks,
  speed: number,
  forMs: number,
  arrived: (row: number) => void,
) => Promise<void>;

export const lateness = (
  name: string,
  title: string,
  { speed, loaded, deliver }: { speed: number; loaded: boolean; deliver: Deliver },
): Row => ({
  name: `${name}-${speed}${loaded ? '-loaded' : ''}`,
  title: `${speed}×, ${loaded ? 'under load' : 'idle'}: ${title}`,
  compared: false,
  prepare: ({ size: forMs }) => {
    const ticks = ticksEvery(STEP, Math.ceil((forMs * speed) / STEP));
    return async () => {
      const at = new Float64Array(ticks.length).fill(NaN);
      const load = loaded ? setInterval(work, LOAD.every) : undefined;
      await deliver(ticks, speed, forMs, (row) => {
        at[row] = performance.now();
      });
      clearInterval(load);
      const late = latenessOf(at, speed);
      return {
        items: ticks.length,
        figures: {
          p50: percentile(late, 0.5),
          p99: percentile(late, 0.99),
          max: percentile(late, 1),
          delivered: (100 * late.length) / ticks.length,
        },
      };
    };
  },
});

/**
 * Sorted, of those that arrived. When the clock started is not told by everybody: it is taken from
 * the arrival that was least late, for all rows alike.
 */
function latenessOf(at: Float64Array, speed: number): Float64Array {
  const late = at
    .map((arrival, row) => arrival - (row * STEP) / speed)
    .filter((ms) => !Number.isNaN(ms))
    .sort();
  const least = late[0] ?? 0;
  return late.map((ms) => ms - least);
}

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;

function work(): void {
  const until = performance.now() + LOAD.work;
  while (performance.now() < until);
}

/** A whole replay, heard by its strategy. */
export const byUs: Deliver = async ({ time, price, symbols }, speed, _forMs, arrived) => {
  let row = 0;
  const run = replay(fromColumns({ time, close: price, symbols }), {
    bars: 'tick',
    mode: 'clock',
    time: 'wall',
    speed,
    strategies: [
      {
        name: 'arrivals',
        onBar() {
          arrived(row);
          row += 1;
        },
      },
    ],
  });
  await run.start().done;
};

/** The floor: one timer to the next due time; what is due by then is delivered. */
export const byTimer: Deliver = ({ length }, speed, _forMs, arrived) =>
  new Promise((resolve) => {
    const began = performance.now();
    let row = 0;
    const advance = (): void => {
      for (; row < length; row += 1) {
        const wait = began + (row * STEP) / speed - performance.now();
        if (wait > 0) {
          setTimeout(advance, wait);
          return;
        }
        arrived(row);
      }
      resolve();
    };
    advance();
  });

/** What an rxjs user writes first; given up when the time is over. */
export const byRxjs: Deliver = ({ length }, speed, forMs, arrived) =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    range(0, length)
      .pipe(
        concatMap((row) => {
          const wait = began + (row * STEP) / speed - performance.now();
          return of(row).pipe(delay(Math.max(0, wait)));
        }),
        takeUntil(timer(forMs + 100)),
      )
      .subscribe({ next: arrived, error: reject, complete: resolve });
  });
