// Operators and the test kit in any runtime: prints what came, and ends with exit code 0.
import assert from 'node:assert/strict';
import { concatMap, from, lastValueFrom, range, Subject, timer, toArray } from 'rxjs';
import * as operators from 'barometer/operators';
import { marbles } from 'barometer/testing';

const { occupied, pull, Readiness, serve, trackBackpressure, VirtualClock, WallClock } = operators;
const all = (source) => lastValueFrom(source.pipe(toArray()), { defaultValue: [] });

const clock = new VirtualClock();
await all(timer(86_400_000, clock));
assert.equal(clock.now(), 86_400_000);

const wall = new WallClock();
const began = wall.now();
await all(timer(3, wall));
assert.ok(wall.now() - began >= 3);

const readiness = new Readiness();
const counts = {};
const events = ({ type, count }) => (counts[type] = (counts[type] ?? 0) + count);
const tracked = range(0, 1_000).pipe(
  trackBackpressure(readiness, { edge: 'e', events }),
  serve((n) => [n], { readiness, events }),
);
assert.equal((await all(tracked)).length, 1_000);
assert.deepEqual(counts, { delivered: 1_000 });

const served = range(0, 4).pipe(serve((n) => Promise.resolve(n), { concurrency: 2 }));
assert.deepEqual(await all(served), [0, 1, 2, 3]);
const reading = new Readiness();
const saved = pull([1, 2], { readiness: reading }).pipe(
  concatMap(occupied(reading, (n) => Promise.resolve(n))),
);
assert.deepEqual(await all(saved), [1, 2]);

marbles(({ hot, readiness, expectEdge }) => {
  const events = new Subject();
  const ready = readiness('t-f---t');
  hot('-a-b-c-d|')
    .pipe(trackBackpressure(ready, { edge: 'e', events }))
    .subscribe();
  expectEdge(events).toBe('-D-B-B-D');
});
assert.throws(
  () => marbles(({ expectObservable }) => expectObservable(from('a')).toBe('(b|)')),
  /frame 0: b expected, a came/,
);
console.log('operators and testing work');
