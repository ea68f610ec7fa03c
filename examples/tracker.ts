// examples/tracker.ts
import { Readiness, trackBackpressure, VirtualClock } from 'barometer/operators';
import type { EdgeEvent } from 'barometer/operators';
import { concatMap, finalize, interval, Subject, take, timer } from 'rxjs';

const clock = new VirtualClock(); // leave it out, and the same takes its real time
const ready = new Readiness();
const events = new Subject<EdgeEvent>();

/** Any slow consumer: it says when it is busy. */
const save = (n: number) => {
  ready.next(false);
  const takes = n === 2 ? 35 : 4;
  return timer(takes, clock).pipe(finalize(() => ready.next(true)));
};

events.subscribe(({ type, at }) => {
  if (type === 'backpressure') console.log(`${at} ms: offered to a consumer that is not ready`);
});
interval(10, clock)
  .pipe(
    take(9),
    trackBackpressure(ready, { edge: 'feed-database', events, scheduler: clock }),
    concatMap(save),
  )
  .subscribe({ complete: () => console.log('saved') });

// prints:
// 40 ms: offered to a consumer that is not ready
// 50 ms: offered to a consumer that is not ready
// 60 ms: offered to a consumer that is not ready
// 70 ms: offered to a consumer that is not ready
// 80 ms: offered to a consumer that is not ready
// saved
