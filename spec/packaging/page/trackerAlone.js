// The smallest page: one tracked edge. browser.slow.spec.ts measures its size.
import { Readiness, trackBackpressure } from 'barometer/operators';
import { Subject } from 'rxjs';

const ready = new Readiness();
const items = new Subject();
const counts = {};
items
  .pipe(
    trackBackpressure(ready, {
      edge: 'socket-chart',
      events: ({ type, count }) => (counts[type] = (counts[type] ?? 0) + count),
    }),
  )
  .subscribe(() => ready.next(false));
items.next(1);
items.next(2);
globalThis.result = Promise.resolve(counts);
