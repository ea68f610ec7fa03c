import { soakRun, STRATEGIES, SYMBOLS } from '../../bench/src/threads/soakRun';

it('a short soak comes out as it was counted beforehand, and shows its memory meanwhile', async () => {
  const { samples, conservation, report } = await soakRun(6_000, 6);
  expect(conservation.filter(({ expected, found }) => expected !== found)).toEqual([]);
  // 6 s: 60 windows of 100 ms, 12 of 500 ms, 6 of 1 s, one of 5 s; the last tick opens one more.
  const expected = new Map(conservation.map((each) => [each.what, each.expected]));
  expect(Object.fromEntries(expected)).toMatchObject({
    ticks: 2 * SYMBOLS * 60 + 1,
    'delivered to the processor': SYMBOLS * 60 + 1,
    'delivered to the analysis': SYMBOLS * (60 + 12 + 6 + 1),
    'heard by strategies': STRATEGIES * SYMBOLS * (60 + 12 + 6 + 1),
    'signals received': STRATEGIES * SYMBOLS,
  });
  expect(Number(report.bars.ticks)).toBe(2 * SYMBOLS * 60 + 1);
  expect(samples.length).toBeGreaterThan(0);
  const times = samples.map(({ atS }) => atS);
  expect([times[0], times]).toEqual([0, [...times].sort((a, b) => a - b)]);
}, 60_000);
