import { range, Subject, tap } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { metricsStore } from '../../../src/entries/metrics';
import type { PipelineEvent } from '../../../src/entries/metrics';
import { holdUntilReady, Readiness, serve, trackBackpressure } from '../../../operators';
import type { Row } from '../frame/table';
import { rethrow } from '../work/rethrow';

const EDGE = 'coordinator-processor';
/** Events leave in batches of so many occurrences, as many as the pipeline's windows have. */
const BATCH = { count: 16_384 };

/** So many numbers through one operator; the store, where there is one, says what was counted. */
function row(
  name: string,
  title: string,
  make: (events: Subject<PipelineEvent>) => MonoTypeOperatorFunction<number>,
  counted?: { readonly backpressure: boolean },
): Row {
  return {
    name,
    title,
    prepare: ({ size }) => {
      return () => {
        const events = new Subject<PipelineEvent>();
        const store = metricsStore(events);
        store.connect();
        let passed = 0;
        range(0, size)
          .pipe(make(events))
          .subscribe({
            next: () => {
              passed += 1;
            },
            error: rethrow,
          });
        const { delivered, backpressure } = store.state().edges[EDGE];
        const all = BigInt(size);
        if (counted !== undefined) {
          const expected = counted.backpressure ? all : 0n;
          if (delivered !== all || backpressure !== expected) {
            throw new Error(`${title}: ${delivered} delivered, ${backpressure} backpressure`);
          }
        }
        return { items: size, same: passed };
      };
    },
  };
}

const readinessThatIs = (ready: boolean): Readiness => new Readiness(ready);

export const none = row('none', 'no operator (floor)', () => (source) => source);

export const tapping = row('tap', 'tap(() => {})', () => tap(() => {}));

const tracker = (name: string, title: string, ready: boolean): Row =>
  row(
    name,
    title,
    (events) =>
      trackBackpressure<number>(readinessThatIs(ready), {
        edge: EDGE,
        events,
        batch: BATCH,
      }),
    { backpressure: !ready },
  );

export const trackerReady = tracker('tracker-ready', 'tracker, ready', true);

export const trackerNeverReady = tracker(
  'tracker-never-ready',
  'tracker, never ready, batched into the store',
  false,
);

const SYMBOLS = ['S0', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7'] as const;

/** As the pipeline's edges have it: counted by symbol, judged by the offer, burst told from behind. */
export const trackerOfEdge = row(
  'tracker-edge',
  'tracker, never ready, by 8 keys, with due times',
  (events) =>
    trackBackpressure<number>(readinessThatIs(false), {
      edge: EDGE,
      events,
      batch: BATCH,
      keyOf: (n) => SYMBOLS[n & 7] as string,
      offeredAt: (n) => n,
      dueAt: (n) => n,
    }),
  { backpressure: true },
);

export const gatePassing = row('gate', 'gate, passing', () =>
  holdUntilReady<number>(new Readiness()),
);

const served = (name: string, title: string, options: { readonly serviceTime?: number }): Row =>
  row(name, title, (events) =>
    serve<number, number>((n) => [n], {
      edge: EDGE,
      events,
      batch: BATCH,
      ...options,
    }),
  );

export const serveMeasured = served('serve', 'serve, measured by the stopwatch', {});

export const serveDeclared = served('serve-declared', 'serve, service time 0 declared', {
  serviceTime: 0,
});
