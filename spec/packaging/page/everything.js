// All operators, the test kit and README's tracker in a page; `result` says what came of each.
import * as operators from 'barometer/operators';
import { marbles } from 'barometer/testing';
import * as rxjs from 'rxjs';

const {
  allReady,
  Holding,
  holdUntilReady,
  latestByKey,
  mergeByTime,
  occupied,
  pace,
  partitionByKey,
  pull,
  Readiness,
  serve,
  trackBackpressure,
  VirtualClock,
  WallClock,
} = operators;
const { concatMap, finalize, from, interval, lastValueFrom, Observable, of, range, Subject } = rxjs;
const { take, timer, toArray, VirtualTimeScheduler } = rxjs;

const all = (source) => lastValueFrom(source.pipe(toArray()), { defaultValue: [] });

async function tracker() {
  const clock = new VirtualClock();
  const ready = new Readiness();
  const events = new Subject();
  const log = [];
  const save = (n) => {
    ready.next(false);
    return timer(n === 2 ? 35 : 4, clock).pipe(finalize(() => ready.next(true)));
  };
  events.subscribe(({ type, at }) => type === 'backpressure' && log.push(at));
  const saved = interval(10, clock).pipe(
    take(9),
    trackBackpressure(ready, { edge: 'feed-database', events, scheduler: clock }),
    concatMap(save),
  );
  await all(saved);
  return log;
}

function identity() {
  const scheduler = new VirtualTimeScheduler();
  const took = [];
  of(1)
    .pipe(serve(() => [], { scheduler, meter: { onServed: (_item, _start, ms) => took.push(ms) } }))
    .subscribe();
  return {
    readiness: new Readiness() instanceof rxjs.BehaviorSubject,
    piped: of(1).pipe(trackBackpressure(new Readiness(), { edge: 'e' })) instanceof Observable,
    // The application's virtual scheduler is recognized: it measures nothing.
    measured: took,
  };
}

async function wallClock() {
  const clock = new WallClock();
  const started = clock.now();
  await all(timer(3, clock));
  return clock.now() - started >= 3;
}

async function timeSlices() {
  let turns = 0;
  const counting = setInterval(() => (turns += 1));
  const busy = () => {
    const until = performance.now() + 0.1;
    while (performance.now() < until);
  };
  const scheduler = new WallClock();
  await all(pull([Array.from({ length: 1_000 }, (_, n) => n)], { scheduler }).pipe(rxjs.tap(busy)));
  clearInterval(counting);
  return turns > 0;
}

async function run() {
  const marble = [];
  marbles(({ hot, readiness, expectObservable, expectEdge }) => {
    const events = new Subject();
    const items = hot('-a-b-c-d-|');
    const ready = readiness('t-f---t---');
    expectObservable(items.pipe(trackBackpressure(ready, { edge: 'e', events }))).toBe(
      '-a-b-c-d-|',
    );
    expectEdge(events).toBe('-D-B-B-D--');
    marble.push('holds');
  });
  let failed = '';
  try {
    marbles(({ cold, expectObservable }) => expectObservable(cold('-a')).toBe('-b'));
  } catch (error) {
    failed = error.message;
  }
  let replay = '';
  try {
    marbles((kit) => kit.replay(kit.bars('-a|')));
  } catch (error) {
    replay = error.code;
  }
  const readiness = new Readiness();
  return {
    setImmediate: typeof setImmediate,
    identity: identity(),
    tracker: await tracker(),
    wallClock: await wallClock(),
    timeSlices: await timeSlices(),
    marble,
    failed: failed.includes('frame 1: b expected, a came'),
    replay,
    serve: await all(range(1, 3).pipe(serve((n) => Promise.resolve(n * 10), { concurrency: 2 }))),
    stated: await all(of(1).pipe(serve((n) => [n], { serviceTime: 2 }))),
    hold: await all(from('ab').pipe(holdUntilReady(new Readiness()))),
    latest: await all(from('ab').pipe(latestByKey(new Readiness(), (item) => item))),
    pace: await all(of(0, 4).pipe(pace({ timeOf: (t) => t }))),
    merge: await all(
      mergeByTime(
        [
          [1, 4],
          [2, 3],
        ],
        { timeOf: (n) => n },
      ),
    ),
    pull: await all(pull([1, 2, [3]])),
    partition: await all(
      from('abab').pipe(
        partitionByKey(
          (item) => item,
          () => rxjs.map((item) => item),
          { partitions: 2 },
        ),
      ),
    ),
    occupied: await all(
      pull([1, 2], { readiness }).pipe(concatMap(occupied(readiness, (n) => of(n)))),
    ),
    both: allReady(new Readiness(), new Readiness(false)).value,
    holding: new Holding().holds,
    names: Object.keys(operators).length,
  };
}

globalThis.result = run();
