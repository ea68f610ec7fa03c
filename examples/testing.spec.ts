// examples/testing.spec.ts
import { smaCross } from 'barometer';
import type { Strategy } from 'barometer';
import { trackBackpressure } from 'barometer/operators';
import type { EdgeEvent } from 'barometer/operators';
import { marbles } from 'barometer/testing';
import { Subject } from 'rxjs';

test('a tracker on any stream', () => {
  marbles(({ hot, readiness, expectObservable, expectEdge, expectCounts }) => {
    const items = hot('             -a-b-c-d-|');
    const ready = readiness('       t-f---t---'); // t: ready, f: not ready
    const events = new Subject<EdgeEvent>();
    const tracked = items.pipe(trackBackpressure(ready, { edge: 'feed-database', events }));

    expectObservable(tracked).toBe('-a-b-c-d-|');
    expectEdge(events).toBe('       -D-B-B-D--'); // D: delivered, B: delivered, but behind
    expectCounts(events).toBe({ delivered: 4, behind: 2 });
  });
});

test('a pipeline with a slow strategy', () => {
  const slow: Strategy = { name: 'slow', onBar: () => ({ side: 'flat' }) };
  marbles(({ bars, replay, expectSignals, expectEdge, expectCounts }) => {
    const closes = { a: 10, b: 11, c: 12, d: 9, e: 8 };
    const recorded = bars('       -abcde|', closes, 'SPY'); // a bar a frame, each at its end
    const run = replay(recorded, {
      strategies: [smaCross({ fast: 1, slow: 2 }), slow],
      serviceTimes: { processor: 1, analysis: { slow: 4 } }, // in frames
    });
    const [first, second] = [run.edges['coordinator-processor'], run.edges['processor-analysis']];

    expectEdge(first).toBe('      -DDDDD');
    expectEdge(second).toBe('     --DBOOO'); // O: an earlier bar still lay in the inbox
    expectCounts(second).toBe({ delivered: 5, behind: 4, overrun: 3 });
    expectSignals(run.signals$).toBe('------f---f---f---(xf)f', {
      f: { strategy: 'slow' },
      x: { strategy: 'sma-cross', side: 'sell', time: 240e6 },
    });
  });
});

test('a mode switch mid-stream', () => {
  marbles(({ bars, replay, expectBars, expectEdge, expectCounts }) => {
    const run = replay(bars('             -abcdef|'), {
      mode: '                             c---d', // c: clock-driven, d: data-driven
      serviceTimes: { processor: 2 },
    });
    const edge = run.edges['coordinator-processor'];

    expectEdge(edge).toBe('               -DBB---D-D-D');
    expectBars(run.bars$).toBe('          ---a-b-c-d-e-f');
    expectCounts(edge).toBe({ delivered: 6, behind: 2 }); // none of them after the switch
  });
});
