import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan, Subject } from 'rxjs';
import type { EdgeEvent } from '../../../operators';
import { metricsStore } from '../../../src/entries/metrics';
import type { PipelineEvent } from '../../../src/entries/metrics';
import { record } from '../../../src/journal';
import type { Recording } from '../../../src/journal';
import type { Row } from '../frame/table';
import { rethrow } from '../work/rethrow';

const EDGES = ['coordinator-processor', 'processor-analysis'] as const;
const TYPES = ['delivered', 'backpressure', 'delivered', 'overrun'] as const;
/** Occurrences in one batched event. */
const BATCH = 1_000;
/** Events between two turns of the event loop, as the pipeline makes them between two windows. */
const TURN = 500;

/** Occurrences of three types on both edges by 8 symbols. */
function eventAt(i: number, count: number): EdgeEvent {
  const type = TYPES[i & 3] as (typeof TYPES)[number];
  const event = {
    type,
    edge: EDGES[(i >> 2) & 1] as string,
    key: `S${(i >> 3) & 7}`,
    count,
    at: i,
  };
  return type === 'backpressure' ? { ...event, burst: 0, behind: count } : event;
}

interface Totals {
  readonly delivered: number;
  readonly backpressure: number;
  readonly overruns: number;
}

type Consumer = (
  events: Subject<PipelineEvent>,
  hold: () => () => void,
) => { readonly totals: () => Totals; readonly close?: () => Promise<unknown> };

/** So many occurrences, in events of `batch` each. */
const row = (name: string, title: string, batch: number, consume: Consumer): Row => ({
  name,
  title,
  prepare: ({ size }) => {
    const count = Math.floor(size / batch);
    const source = Array.from({ length: Math.min(count, 4_096) }, (_, i) => eventAt(i, batch));
    return async () => {
      const events = new Subject<PipelineEvent>();
      let held: Promise<void> | undefined;
      const hold = (): (() => void) => {
        let release: () => void = () => undefined;
        held = new Promise((resolve) => {
          release = resolve;
        });
        return release;
      };
      const { totals, close } = consume(events, hold);
      events.next(started);
      for (let i = 0; i < count; i += 1) {
        events.next(source[i % source.length] as EdgeEvent);
        if (i % TURN !== TURN - 1) continue;
        await held;
        await new Promise(setImmediate);
      }
      events.complete();
      await close?.();
      return { items: count * batch, same: totals() };
    };
  },
});

const started: PipelineEvent = {
  type: 'started',
  at: 0,
  wallTime: 0,
  configuration: {
    id: 'bench',
    mode: 'clock',
    speed: 1,
    time: 'simulated',
    files: [],
    bars: '1s',
    derive: [],
    strategies: [],
    timings: true,
  },
};

/** Plain counters, as somebody would keep them who does not want to know what happened when. */
export const counters = row('counters', 'counters in an object (floor)', 1, (events) => {
  const counts = { delivered: 0, backpressure: 0, overrun: 0 };
  const count = (event: PipelineEvent): void => {
    if (event.type === 'delivered' || event.type === 'backpressure' || event.type === 'overrun') {
      counts[event.type] += event.count;
    }
  };
  events.subscribe({ next: count, error: rethrow });
  return {
    totals: () => {
      const { delivered, backpressure, overrun: overruns } = counts;
      return { delivered, backpressure, overruns };
    },
  };
});

/** The reducer that everybody writes first: a new object for every event. */
export const spreading = row('spread', 'scan with object spread', 1, (events) => {
  type Counts = Readonly<Record<string, number>>;
  let state: Counts = {};
  events
    .pipe(
      scan<PipelineEvent, Counts>(
        (counts, event) =>
          'count' in event
            ? { ...counts, [event.type]: (counts[event.type] ?? 0) + event.count }
            : counts,
        {},
      ),
    )
    .subscribe({
      next: (counts) => {
        state = counts;
      },
      error: rethrow,
    });
  return {
    totals: () => ({
      delivered: state['delivered'] ?? 0,
      backpressure: state['backpressure'] ?? 0,
      overruns: state['overrun'] ?? 0,
    }),
  };
});

const storing =
  (journal: boolean): Consumer =>
  (events, hold) => {
    const store = metricsStore(events);
    store.connect();
    const directory = journal ? mkdtempSync(join(tmpdir(), 'barometer-bench-')) : '';
    const recording: Recording | undefined = journal
      ? record({ id: 'bench', events$: store.events$, hold }, { directory })
      : undefined;
    return {
      totals: () => {
        const edges = Object.values(store.state().edges);
        const sum = (of: (edge: (typeof edges)[number]) => bigint): number =>
          edges.reduce((total, edge) => total + Number(of(edge)), 0);
        return {
          delivered: sum(({ delivered }) => delivered),
          backpressure: sum(({ backpressure }) => backpressure),
          overruns: sum(({ overruns }) => overruns),
        };
      },
      close: async () => {
        const recorded = await recording?.closed;
        if (journal) rmSync(directory, { recursive: true });
        if (recorded !== undefined && (recorded.error !== undefined || recorded.missing > 0)) {
          throw recorded.error ?? new Error(`${recorded.missing} events are missing`);
        }
      },
    };
  };

export const single = row('single', 'ours, an event an occurrence', 1, storing(false));
export const singleJournal = row(
  'single-journal',
  'ours, an event an occurrence, journal on',
  1,
  storing(true),
);
export const batched = row('batched', `ours, ${BATCH} occurrences an event`, BATCH, storing(false));
export const batchedJournal = row(
  'batched-journal',
  `ours, ${BATCH} occurrences an event, journal on`,
  BATCH,
  storing(true),
);
