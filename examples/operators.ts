// examples/operators.ts
import { holdUntilReady, pace, Readiness, serve, VirtualClock } from 'barometer/operators';
import { trackBackpressure } from 'barometer/operators';
import { from } from 'rxjs';

const scheduler = new VirtualClock(); // without it, the same takes its real time
const readiness = new Readiness();
const events = ({ type, at }: { type: string; at: number }) => console.log(`${at} ms: ${type}`);

from([0, 10, 20, 30])
  .pipe(
    pace({ timeOf: (time) => time, scheduler }), // releases each item when it is due
    holdUntilReady(readiness, { active: false, scheduler }), // true: wait for the consumer
    trackBackpressure(readiness, { edge: 'feed-model', events: { next: events }, scheduler }),
    serve((time) => [`result of ${time}`], { readiness, serviceTime: 14, scheduler }),
  )
  .subscribe((result) => console.log(`${scheduler.now()} ms: ${result}`));

// prints:
// 0 ms: delivered
// 10 ms: backpressure
// 10 ms: delivered
// 14 ms: result of 0
// 20 ms: backpressure
// 20 ms: delivered
// 28 ms: result of 10
// 30 ms: backpressure
// 30 ms: delivered
// 42 ms: result of 20
// 56 ms: result of 30
