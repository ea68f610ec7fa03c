import { ReceiveTimer } from '../../../streams/live/receiveTimer';

describe('ReceiveTimer', () => {
  const DAY = 86_400e6;
  let fired: number[];
  let timer: ReceiveTimer;
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    fired = [];
    timer = new ReceiveTimer(
      () => Date.now() * 1_000,
      () => fired.push(Date.now() * 1_000),
    );
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('fires once, at the earliest instant that it was armed with', () => {
    for (const at of [5e6, 2e6, 9e6]) timer.arm(at);
    jest.advanceTimersByTime(20_000);
    expect(fired).toEqual([2e6]);
  });

  test('waits longer than a timer of the platform can', () => {
    timer.arm(60 * DAY);
    jest.advanceTimersByTime(59 * 86_400e3);
    expect(fired).toEqual([]);
    jest.advanceTimersByTime(86_400e3);
    expect(fired).toEqual([60 * DAY]);
  });

  test('is armed anew after it fired, and leaves nothing behind when it is canceled', () => {
    timer.arm(1e6);
    jest.advanceTimersByTime(1_000);
    timer.arm(3e6);
    timer.cancel();
    expect(jest.getTimerCount()).toBe(0);
    timer.arm(4e6);
    jest.advanceTimersByTime(9_000);
    expect(fired).toEqual([1e6, 4e6]);
  });
});
