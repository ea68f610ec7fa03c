// examples/webhooks.ts
import { exposeEdges } from 'barometer/metrics';
import { Readiness, serve, trackBackpressure, VirtualClock } from 'barometer/operators';
import type { EdgeEvent } from 'barometer/operators';
import { concatMap, delay, from, of, Subject } from 'rxjs';

const scheduler = new VirtualClock(); // leave it out, and the same takes its real time
const database = new Readiness();
const events = new Subject<EdgeEvent>();
const { text } = exposeEdges(events); // answer /metrics with text(), as text/plain; version=0.0.4

const webhooks$ = from([0, 5, 20, 21, 22]).pipe(
  concatMap((at) => of(`order ${at}`).pipe(delay(Math.max(0, at - scheduler.now()), scheduler))),
);

webhooks$
  .pipe(
    trackBackpressure(database, { edge: 'webhooks-database', events, scheduler }),
    serve((order) => [`saved ${order}`], { readiness: database, serviceTime: 8, scheduler }),
  )
  .subscribe({
    complete: () => {
      const lines = text().split('\n');
      const counts = lines.filter((line) => /^barometer_edge_(delivered|backpressure)/.test(line));
      console.log(counts.join('\n'));
    },
  });

// prints:
// barometer_edge_delivered_total{edge="webhooks-database"} 5
// barometer_edge_backpressure_events_total{edge="webhooks-database",kind="burst"} 0
// barometer_edge_backpressure_events_total{edge="webhooks-database",kind="behind"} 3
