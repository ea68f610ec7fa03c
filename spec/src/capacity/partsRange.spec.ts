import { partsRange } from '../../../src/capacity/partsRange';
import { sustainableSpeedOf } from '../../../src/capacity/sustainableSpeed';
import { spanOf } from '../../../src/capacity/work';
import type { Work } from '../../../src/capacity/work';

const SECOND = 1_000_000;

/** An item a second, each with one update; `service` is that of the update, in milliseconds. */
function work(count: number, service: (item: number) => number): Work {
  const indexes = Array.from({ length: count }, (_, i) => i);
  return {
    items: {
      length: count,
      time: Float64Array.from(indexes, (i) => (i + 1) * SECOND),
      service: new Float64Array(count).fill(0.001),
      series: new Int32Array(count),
    },
    updates: {
      length: count,
      service: Float64Array.from(indexes, service),
      cause: Uint32Array.from(indexes),
    },
  };
}
const rangeOf = (given: Work) => partsRange(given, spanOf(given, 0), 100);

test('work that is alike everywhere has the same speed in every quarter', () => {
  const [low, high] = rangeOf(work(400, () => 10)) ?? [0, 0];
  expect(low).toBeCloseTo(100, 0);
  expect(high).toBeCloseTo(low, 6);
});

test('a quarter that is ten times as slow is the slowest', () => {
  const [low, high] = rangeOf(work(400, (i) => (i < 100 ? 100 : 10))) ?? [0, 0];
  expect(low).toBeCloseTo(10, 1);
  expect(high).toBeCloseTo(100, 0);
});

test('a quarter is what a run over it alone would be', () => {
  const service = (i: number): number => 5 + ((i * 7919) % 23);
  const alone = work(100, (i) => service(i + 300));
  const [low, high] = rangeOf(work(400, (i) => (i < 300 ? 0.001 : service(i)))) ?? [0, 0];
  expect(low).toBeCloseTo(sustainableSpeedOf(alone, spanOf(alone, 0), 100), 6);
  expect(high).toBeGreaterThan(low);
});

test('of fewer than 20 deliveries a quarter nothing is said', () => {
  expect(rangeOf(work(79, () => 10))).toBeUndefined();
});
