import { threadWaits, waitShare, waitsSince } from '../../../streams/threads/threadWaits';

const waits = (runningNs: number, waitingNs: number) => ({ runningNs, waitingNs });

describe('time for which threads waited for a core', () => {
  it('is a share of that and their running time, over all of them', () => {
    expect(waitShare([waits(60, 20), waits(0, 20)])).toBe(0.4);
  });

  it('is nothing where nothing ran, and unknown where one does not say', () => {
    expect(waitShare([waits(0, 0)])).toBe(0);
    expect(waitShare([waits(60, 20), undefined])).toBeNull();
  });

  it('is taken since an earlier reading', () => {
    expect(waitsSince(waits(10, 5), waits(30, 6))).toEqual(waits(20, 1));
    expect(waitsSince(undefined, waits(1, 1))).toBeUndefined();
  });

  it('on Linux grows with what the thread does', () => {
    const before = threadWaits();
    const until = performance.now() + 20;
    while (performance.now() < until);
    if (process.platform !== 'linux') expect(before).toBeUndefined();
    else expect(waitsSince(before)?.runningNs).toBeGreaterThan(1e6);
  });
});
