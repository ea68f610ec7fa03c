import { warmedUp } from '../../../src/capacity/warmedUp';
import { capacityOf } from '../../../src/capacity/capacity';
import { timingsOf } from './timingsOf';

/** Items a second apart, with these service times. */
const timings = (services: readonly number[]) =>
  timingsOf({
    series: [['A', '1s']],
    intervals: ['1s'],
    items: services.map((service, i) => [(i + 1) * 1_000, 0, service]),
  });

const services = (count: number, of: (n: number) => number): number[] =>
  Array.from({ length: count }, (_, n) => of(n));

describe('a warm-up', () => {
  it('is first items that took longer than as many that follow', () => {
    const { warmUp, timings: warm } = warmedUp(timings(services(200, (n) => (n < 20 ? 5 : 1))));
    expect(warmUp).toEqual({ items: 20, until: 20_000_000, meanMs: 5, meanMsAfter: 1 });
    expect([...warm.items.service]).toEqual(services(200, () => 1));
  });

  it.each([
    ['a constant load', () => 2],
    ['an opening that is busy for longer', (n: number) => (n < 60 ? 5 : 1)],
    [
      'a first minute that has more work than code takes to warm up',
      (n: number) => (n < 20 ? 25 : 0),
    ],
    ['first items that are a little slower', (n: number) => (n < 20 ? 1.9 : 1)],
  ])('is not %s', (_, of) => {
    expect(warmedUp(timings(services(200, of))).warmUp).toBeUndefined();
  });

  it('does not hide the opening of an hour', () => {
    // 20 ticks a second for 40 s, then two a second; each takes 2 ms.
    const times = [
      ...services(800, (n) => (n + 1) * 50),
      ...services(7_120, (n) => 40_000 + (n + 1) * 500),
    ];
    const work = timingsOf({
      series: [['A', 'tick']],
      intervals: ['tick'],
      items: times.map((at) => [at, 0, 2]),
    });
    const capacity = capacityOf(work, { origin: 0, speeds: [] });
    const { stableSpeed, sustainableSpeed, worstWindow, warmUp } = capacity;
    expect(warmUp).toBeUndefined();
    expect(worstWindow?.from).toBe(0);
    expect(stableSpeed).toBeCloseTo(60_000 / ((800 + 40) * 2), 6);
    expect((sustainableSpeed ?? 0) / calmSpeed(times, 2)).toBeCloseTo(1, 2);
  });
});

/** By bisection: up to this speed less than a tenth of the items find the one before in service. */
function calmSpeed(times: readonly number[], serviceMs: number): number {
  const share = (speed: number): number => {
    let free = -Infinity;
    let late = 0;
    for (const time of times) {
      const at = time / speed;
      if (free > at + 1e-9) late += 1;
      free = Math.max(free, at) + serviceMs;
    }
    return late / times.length;
  };
  let [calm, pressed] = [1, 10_000];
  while (pressed - calm > 1e-3) {
    const middle = (calm + pressed) / 2;
    if (share(middle) < 0.1) calm = middle;
    else pressed = middle;
  }
  return calm;
}

it('takes nights out of the average', () => {
  const day = services(60, (n) => (n + 1) * 1_000);
  const days = [...day, ...day.map((at) => at + 86_400_000)];
  const work = timingsOf({
    series: [['A', '1s']],
    intervals: ['1s'],
    items: days.map((at) => [at, 0, 10]),
  });
  const { averageSpeed, stableSpeed } = capacityOf(work, { origin: 0, speeds: [] });
  expect(averageSpeed).toBeGreaterThan(95);
  expect(averageSpeed).toBeLessThan(101);
  expect(stableSpeed).toBe(100);
});
