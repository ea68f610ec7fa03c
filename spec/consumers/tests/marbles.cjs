// The same test in jest, vitest, mocha and node:test: `it` is theirs.
const { Subject } = require('rxjs');
const { Readiness, serve, trackBackpressure } = require('barometer/operators');
const { marbles } = require('barometer/testing');

const it = globalThis.it ?? require('node:test').it;

it('counts what meets a consumer that is not ready', () => {
  marbles(({ hot, readiness, expectObservable, expectEdge }) => {
    const events = new Subject();
    const ready = readiness('t-f---t---');
    const items = hot('-a-b-c-d-|');
    expectObservable(items.pipe(trackBackpressure(ready, { edge: 'e', events }))).toBe(
      '-a-b-c-d-|',
    );
    expectEdge(events).toBe('-D-B-B-D--');
  });
});

it('serves in marble time without a scheduler', () => {
  marbles(({ hot, expectObservable }) => {
    const server = serve((item) => [item], { readiness: new Readiness(), serviceTime: 2 });
    expectObservable(hot('-ab').pipe(server)).toBe('---a-b');
  });
});
