import type { Observable, Subscription } from 'rxjs';
import type { EdgeEvent } from '../../operators';
import { initialState } from '../metrics';
import type { EdgeState } from '../metrics';
import { addEvent } from '../metrics/reduceEdge';
import { expositionText } from './exposition';
import { edgeCountersOf } from './metricsOf';

export interface ExposedEdges {
  /** The counts so far in Prometheus' text format 0.0.4: the body of an answer to a scrape. */
  readonly text: () => string;
  /** Unsubscribing ends the counting; the counts stay. */
  readonly subscription: Subscription;
}

const noEvents: EdgeState = initialState.edges['coordinator-processor'];

/**
 * Counts the events of `trackBackpressure`, of any number of edges of any pipeline, for Prometheus.
 * Counts are 64-bit and exact. An error of the source ends the counting, and is the source's to report.
 *
 * @example
 * const events = new Subject<EdgeEvent>();
 * const { text } = exposeEdges(events);
 * requests$.pipe(trackBackpressure(readiness, { edge: 'http-database', events }), …).subscribe();
 * createServer((request, response) => response.end(text())).listen(9464, '127.0.0.1');
 */
export function exposeEdges(events$: Observable<EdgeEvent>): ExposedEdges {
  const edges = new Map<string, EdgeState>();
  const subscription = events$.subscribe({
    next: (event) => {
      const edge = { ...(edges.get(event.edge) ?? noEvents) };
      addEvent(edge, event, 'clock');
      edges.set(event.edge, edge);
    },
    error: () => undefined,
  });
  return { text: () => expositionText(edgeCountersOf(Object.fromEntries(edges))), subscription };
}
