import { soakTicks } from '../../bench/src/threads/soakTicks';

describe('the market of the soak', () => {
  const all = [...soakTicks(3, 100, 1_000)];

  it('has two ticks of every symbol in every window, and one that closes the last', () => {
    const last = all.pop();
    expect(last).toMatchObject({ symbol: 'S1', time: 1_000_000 });
    const windows = new Map<string, number>();
    for (const { symbol, time } of all) {
      const key = `${symbol} ${Math.floor(time / 100_000)}`;
      windows.set(key, (windows.get(key) ?? 0) + 1);
    }
    expect(windows.size).toBe(3 * 10);
    expect(new Set(windows.values())).toEqual(new Set([2]));
  });

  it('is in order', () => {
    const times = all.map(({ time }) => time);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  it('is the same each time, and every price is at least 1', () => {
    const again = [...soakTicks(3, 100, 1_000)];
    expect(again.slice(0, all.length)).toEqual(all);
    expect(Math.min(...again.map(({ price }) => price))).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ['no window is over', 50, 1],
    ['one is, and a part of another', 150, 2 * 3 + 1],
  ])('where %s', (_title, lastMs, count) => {
    expect([...soakTicks(3, 100, lastMs)]).toHaveLength(count);
  });

  it('is made as it is read', () => {
    const endless = soakTicks(3, 100, Number.MAX_SAFE_INTEGER / 1e6);
    expect(endless.next().value).toMatchObject({ symbol: 'S1', time: 0 });
  });
});
