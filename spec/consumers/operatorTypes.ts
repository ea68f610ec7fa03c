// Without the types of Node: what a page imports.
import { Readiness, serve, trackBackpressure } from 'barometer/operators';
import { of } from 'rxjs';

export const tracked = of(1).pipe(
  trackBackpressure(new Readiness(), { edge: 'e' }),
  serve((n) => [n]),
);
