import os from 'node:os';
import { watchOthers } from '../../bench/src/work/otherCpu';

afterEach(() => {
  jest.restoreAllMocks();
});

/** A machine of two processors, as it stands after so many milliseconds. */
function machine(at: number, busyMs: number, ownMs: number): void {
  const times = {
    user: busyMs / 4,
    nice: busyMs / 8,
    sys: busyMs / 16,
    irq: busyMs / 16,
    idle: 9e9,
  };
  const cpu = { model: '', speed: 0, times };
  jest.spyOn(os, 'cpus').mockReturnValue([cpu, cpu]);
  jest.spyOn(process, 'cpuUsage').mockReturnValue({ user: ownMs * 750, system: ownMs * 250 });
  jest.spyOn(performance, 'now').mockReturnValue(at);
}

describe('what other processes take of the machine', () => {
  it.each([
    ['nothing, where all of it is one’s own', 1_000, 1_000, 0],
    ['what is not one’s own, over all processors', 1_500, 500, 0.5],
    ['nothing, where nobody does anything', 0, 0, 0],
    ['nothing less, where clocks of the two are a little apart', 990, 1_000, 0],
    ['all of it, and no more', 2_100, 0, 1],
  ])('is %s', (_title, busyMs, ownMs, share) => {
    machine(5_000, 70_000, 3_000);
    const others = watchOthers();
    machine(6_000, 70_000 + busyMs, 3_000 + ownMs);
    expect(others()).toBeCloseTo(share, 9);
  });

  it('goes on being watched', () => {
    machine(0, 0, 0);
    const others = watchOthers();
    machine(1_000, 1_000, 0);
    const first = others();
    machine(4_000, 2_000, 0);
    expect([first, others()]).toEqual([0.5, 0.25]);
  });

  it('is a share also of this machine', () => {
    const share = watchOthers()();
    expect(share >= 0 && share <= 1).toBe(true);
  });
});
