import * as fc from 'fast-check';
import { parseInterval } from '../../../streams/bars/interval';
import { addTally, FEED_COUNTERS, noTally } from '../../../streams/live/feedTally';
import type { Ingress } from '../../../streams/live/ingress';
import type { LiveBatch } from '../../../streams/live/liveBatch';
import type { FeedEvent } from '../../../streams/feedEvents';
import {
  MS,
  playSession,
  POLICIES,
  SESSIONS,
  START,
  tick,
  ticksIngress as ingressOf,
} from './support/randomSession';

interface Drained {
  readonly rows: number;
  /** [window's end, closing instant] in milliseconds after START. */
  readonly marks: (readonly [end: number, at: number])[];
  readonly lost: unknown[];
}

function drainedOf(batches: readonly LiveBatch[]): Drained {
  const marks = batches.flatMap(({ mark }) => (mark === undefined ? [] : [mark]));
  return {
    rows: batches.reduce((sum, { length }) => sum + length, 0),
    marks: marks.map(({ end, at }) => [(end - START) / MS, (at - START) / MS] as const),
    lost: marks.flatMap(({ lost }) => lost.map(({ symbol, rows }) => [symbol, rows])),
  };
}

function drain(ingress: Ingress): Drained {
  const batches: LiveBatch[] = [];
  for (let batch = ingress.take(512); batch !== undefined; batch = ingress.take(512)) {
    batches.push(batch);
  }
  return drainedOf(batches);
}

/** What was counted, and what else happened, since the last call. */
function told(ingress: Ingress) {
  const total = noTally();
  const notes: FeedEvent[] = [];
  const symbols = new Map<string, readonly number[]>();
  for (const event of ingress.takeEvents(0, true)) {
    if (event.type !== 'feed') {
      notes.push(event);
      continue;
    }
    addTally(total, event.counts);
    for (const [symbol, counts] of event.symbols) symbols.set(symbol, counts);
  }
  return { total, notes, symbols };
}

describe('Ingress', () => {
  test('closes a window the grace after its end on the exchange’s clock, without a further tick', () => {
    const ingress = ingressOf();
    // Local clock 1,200 ms behind.
    ingress.frame(0, START - 700 * MS, tick('A', 500));
    expect((ingress.nextDue - START) / MS).toBe(50);
    ingress.advance(START + 49 * MS);
    expect(drain(ingress).marks).toEqual([]);
    ingress.advance(START + 50 * MS);
    expect(drain(ingress)).toMatchObject({ rows: 0, marks: [[1_000, 50]] });
  });

  test('a frame that raises the skew closes windows when it comes, not before', () => {
    const ingress = ingressOf();
    for (let i = 0; i < 5; i += 1) ingress.frame(0, START + (500 + i) * MS, tick('A', i));
    expect((ingress.nextDue - START) / MS).toBe(1_750);
    // 500 ms faster than those before: by its clock the window closes at 1,250.
    ingress.frame(0, START + 1_600 * MS, tick('A', 1_600));
    ingress.advance(START + 1_610 * MS);
    expect(drain(ingress).marks).toEqual([[1_000, 1_600]]);
  });

  test('a timer that comes late, or a frame instead, closes at the same instant', () => {
    for (const close of [
      (ingress: Ingress) => {
        ingress.advance(START + 9_000 * MS);
      },
      (ingress: Ingress) => {
        ingress.frame(0, START + 9_000 * MS, tick('A', 9_000));
      },
    ]) {
      const ingress = ingressOf();
      ingress.frame(0, START + 500 * MS, tick('A', 500));
      close(ingress);
      expect(drain(ingress).marks[0]).toEqual([1_000, 1_250]);
    }
  });

  test('counts a tick for a closed window as late, by symbol, and drops it', () => {
    const ingress = ingressOf();
    ingress.frame(0, START + 500 * MS, tick('A', 500));
    ingress.frame(0, START + 1_249 * MS, tick('B', 990));
    ingress.frame(0, START + 1_250 * MS, tick('B', 995));
    expect(drain(ingress).rows).toBe(2);
    const { total, symbols } = told(ingress);
    expect(total.late).toBe(1);
    expect(symbols.get('B')?.[FEED_COUNTERS.indexOf('late')]).toBe(1);
  });

  test('a tick is never late where every tick is a bar and nothing is derived', () => {
    const ingress = ingressOf({ intervals: [parseInterval('tick')] });
    ingress.frame(0, START + 5_000 * MS, tick('A', 5_000));
    ingress.frame(0, START + 5_001 * MS, tick('A', 3_000));
    expect(drain(ingress)).toMatchObject({ rows: 2, marks: [] });
  });

  test('closes derived windows, also where no base bar ends with them', () => {
    const ingress = ingressOf({ intervals: ['1s', '5s'].map((name) => parseInterval(name)) });
    ingress.frame(0, START + 500 * MS, tick('A', 500));
    ingress.advance(START + 60_000 * MS);
    expect(drain(ingress).marks).toEqual([
      [1_000, 1_250],
      [5_000, 5_250],
    ]);
  });

  test('keeps a row stamped five seconds ahead out of the bars, and closes no window by it', () => {
    const ingress = ingressOf();
    for (let i = 0; i < 10; i += 1) ingress.frame(0, START + i * 10 * MS, tick('A', i * 10));
    ingress.frame(0, START + 100 * MS, tick('A', 5_100));
    ingress.frame(0, START + 110 * MS, tick('A', 110));
    expect(drain(ingress)).toMatchObject({ rows: 11, marks: [] });
    expect(told(ingress).total).toMatchObject({ received: 12, implausible: 1, late: 0 });
  });

  test('notes a jump of the clocks that is confirmed', () => {
    const ingress = ingressOf();
    for (let i = 0; i < 10; i += 1)
      ingress.frame(0, START + i * 10 * MS, tick('AB'[i % 2] ?? '', i * 10));
    for (let i = 0; i < 5; i += 1) {
      ingress.frame(0, START + (100 + i) * MS, tick('AB'[i % 2] ?? '', 3_100 + i));
    }
    const { total, notes } = told(ingress);
    expect(notes).toMatchObject([{ type: 'skew', fromMs: 0, toMs: 3_000 }]);
    expect(total.implausible).toBe(4);
  });

  test('drops duplicates and names gaps; the bar behind a gap lacks the missing rows', () => {
    const ingress = ingressOf();
    [7, 8, 8, 12].forEach((id, i) => {
      ingress.frame(0, START + i * MS, tick('A', i, id));
    });
    ingress.advance(START + 2_000 * MS);
    expect(drain(ingress)).toMatchObject({ rows: 3, lost: [['A', 3]] });
    const { total, notes } = told(ingress);
    expect(notes).toMatchObject([{ type: 'gap', missing: 3, from: 9, to: 11 }]);
    expect(total).toMatchObject({ duplicate: 1, missing: 3, gaps: 1 });
  });

  test('symbols without losses leave every ten seconds and at the end, and add up', () => {
    const ingress = ingressOf();
    const receivedOf = (atMs: number, isLast = false) =>
      ingress
        .takeEvents(atMs * MS, isLast)
        .flatMap((event) => (event.type === 'feed' ? event.symbols : []))
        .map(([symbol, counts]) => [symbol, counts[0]]);
    const receive = (id: number): void => {
      ingress.frame(0, START + id * MS, tick('A', id, id));
    };
    receive(1);
    expect(receivedOf(0)).toEqual([['A', 1]]);
    receive(2);
    receive(3);
    expect(receivedOf(1_000)).toEqual([]);
    expect(receivedOf(2_000, true)).toEqual([['A', 2]]);
    expect(receivedOf(3_000, true)).toEqual([]);
  });

  test('of several sources, each has ids of its own, and the slowest decides', () => {
    const ingress = ingressOf({ names: ['fast', 'slow'] });
    ingress.frame(0, START, tick('A', 0, 1));
    ingress.frame(1, START + 400 * MS, tick('A', 0, 1));
    expect(drain(ingress).rows).toBe(2);
    expect((ingress.nextDue - START) / MS).toBe(1_650);
  });

  test('conserves rows at every instant, whatever comes and however little fits', () => {
    fc.assert(
      fc.property(
        SESSIONS,
        POLICIES,
        fc.integer({ min: 1, max: 9 }),
        (steps, overflow, capacity) => {
          const ingress = ingressOf({ names: ['one', 'two'], overflow, capacity });
          const total = noTally();
          let taken = 0;
          let frames = 0;
          playSession(ingress, steps, (batches, { entry }) => {
            taken += drainedOf(batches).rows;
            if (entry.kind === 'frame' || entry.kind === 'bytes') frames += 1;
            addTally(total, told(ingress).total);
            expect(total.received).toBe(
              taken +
                ingress.queue.rows +
                total.late +
                total.duplicate +
                total.implausible +
                total.dropped +
                total.bad +
                total.other +
                total.discarded,
            );
          });
          ingress.discard();
          addTally(total, told(ingress).total);
          expect(total.received).toBe(
            taken +
              total.late +
              total.duplicate +
              total.implausible +
              total.dropped +
              total.bad +
              total.other +
              total.discarded,
          );
          expect(total.received).toBe(frames);
        },
      ),
    );
  });

  test('closing instants never go back, and windows close in order', () => {
    fc.assert(
      fc.property(SESSIONS, (steps) => {
        const ingress = ingressOf({ names: ['one', 'two'], overflow: 'dropOldest' });
        const marks: (readonly [number, number])[] = [];
        playSession(ingress, steps, (batches) => marks.push(...drainedOf(batches).marks));
        ingress.advance(Infinity);
        marks.push(...drain(ingress).marks);
        const [ends, ats] = [0, 1].map((k) => marks.map((mark) => mark[k] as number));
        expect(ats).toEqual([...(ats as number[])].sort((a, b) => a - b));
        expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
      }),
    );
  });
});
