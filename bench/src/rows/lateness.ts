import { concatMap, delay, from, of, takeUntil, timer } from 'rxjs';
import { columns, replay } from '../../../src';
import { Buckets, bucketValue } from '../../../operators';
import type { Row } from '../frame/table';
import { eachRow, ticksEvery } from '../work/regular';
import type { Ticks } from '../work/ticks';

/** Market milliseconds between two ticks. */
export const STEP = 10;
/** On the thread besides: so many milliseconds of work in every so many. */
const LOAD = { work: 5, every: 20 };

type Cells = readonly (readonly [bucket: number, count: number])[];

/** How a row delivers: calls `delivered` with how late each tick was. */
type Deliver = (
  ticks: Ticks,
  speed: number,
  forMs: number,
  late: (ms: number, times?: number) => void,
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
      const late = new Buckets();
      const load = loaded ? setInterval(work, LOAD.every) : undefined;
      await deliver(ticks, speed, forMs, (ms, times) => {
        late.record(ms, times);
      });
      clearInterval(load);
      const { count, max } = late;
      const cells = late.drain();
      return {
        items: ticks.length,
        figures: {
          p50: percentile(cells, count, 0.5),
          p99: percentile(cells, count, 0.99),
          max,
          delivered: (100 * count) / ticks.length,
        },
      };
    };
  },
});

function work(): void {
  const until = performance.now() + LOAD.work;
  while (performance.now() < until);
}

function percentile(cells: Cells, count: number, share: number): number {
  let seen = 0;
  for (const [bucket, times] of cells) {
    seen += times;
    if (seen >= count * share) return bucketValue(bucket);
  }
  return NaN;
}

/** A whole replay; what it says of itself: how much later than due its deliveries left. */
export const byUs: Deliver = async ({ time, price, symbols }, speed, _forMs, late) => {
  const run = replay(columns({ time, close: price, symbols }), {
    bars: 'tick',
    mode: 'clock',
    time: 'wall',
    speed,
  });
  run.events$.subscribe((event) => {
    if (event.type !== 'trailing') return;
    for (const [bucket, count] of event.buckets) late(bucketValue(bucket), count);
  });
  await run.start().done;
};

/** The floor: one timer to the next due time; what is due by then is delivered. */
export const byTimer: Deliver = (ticks, speed, _forMs, late) =>
  new Promise((resolve) => {
    const began = performance.now();
    let row = 0;
    const advance = (): void => {
      for (; row < ticks.length; row += 1) {
        const due = began + (row * STEP) / speed;
        const now = performance.now();
        if (due > now) {
          setTimeout(advance, due - now);
          return;
        }
        late(now - due);
      }
      resolve();
    };
    advance();
  });

/** What an rxjs user writes first; given up when the time is over. */
export const byRxjs: Deliver = (ticks, speed, forMs, late) =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const dueOf = (row: number): number => began + (row * STEP) / speed;
    from(eachRow(ticks))
      .pipe(
        concatMap((row) => of(row).pipe(delay(Math.max(0, dueOf(row) - performance.now())))),
        takeUntil(timer(forMs + 100)),
      )
      .subscribe({
        next: (row) => {
          late(performance.now() - dueOf(row));
        },
        error: reject,
        complete: resolve,
      });
  });
