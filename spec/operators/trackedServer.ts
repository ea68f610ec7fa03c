import { pipe } from 'rxjs';
import type { OperatorFunction, SchedulerLike } from 'rxjs';
import { Readiness, serve, trackBackpressure } from '../../operators';
import type { TrackBackpressureOptions } from '../../operators';
import type { Books } from '../support/books';

/** A tracker and the server that it looks at. */
export function trackedServer(
  books: Books,
  scheduler: SchedulerLike,
  serviceTime: number,
  options: Partial<TrackBackpressureOptions<string>> = {},
): OperatorFunction<string, string> {
  const readiness = new Readiness();
  return pipe(
    trackBackpressure<string>(readiness, { edge: 'edge', events: books, scheduler, ...options }),
    serve<string, string>((item) => [item], { readiness, scheduler, serviceTime, events: books }),
  );
}
