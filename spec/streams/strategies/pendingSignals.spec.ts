import { PendingSignals } from '../../../streams/strategies/pendingSignals';

it('signals leave in the order in which strategies gave them', () => {
  const pending = new PendingSignals();
  pending.add(0, 2);
  pending.add(1, 1);
  pending.add(0, 1);
  expect([1, 2, 3, 4, 5].map(() => pending.shift())).toEqual([0, 0, 1, 0, undefined]);
});

it('goes on after any number of signals', () => {
  const pending = new PendingSignals();
  for (let n = 0; n < 1_000; n += 1) {
    pending.add(n, 2);
    expect([pending.shift(), pending.shift()]).toEqual([n, n]);
  }
  expect(pending.shift()).toBeUndefined();
});
