import { StageMeter } from '../../streams/stageMeter';

const meterOf = (): StageMeter =>
  new StageMeter({
    stage: 'processor',
    edge: 'coordinator-processor',
    dueFloor: () => -Infinity,
    passed: () => undefined,
  });

const blockedUntil = (meter: StageMeter, ...times: readonly number[]): number[] =>
  times.map((at) => meter.flush(at).blockedMs);

describe('blocked time', () => {
  test('counts in every window that it lasts for, also while it has not ended', () => {
    const meter = meterOf();
    meter.blocked(30);
    expect(blockedUntil(meter, 100, 200)).toEqual([70, 100]);
    meter.unblocked(250);
    expect(blockedUntil(meter, 300, 400)).toEqual([50, 0]);
  });

  test('is the sum of all that a window has', () => {
    const meter = meterOf();
    meter.blocked(10);
    meter.unblocked(20);
    meter.blocked(50);
    meter.unblocked(55);
    expect(blockedUntil(meter, 100)).toEqual([15]);
  });

  test('has not begun where the service before it, by its measured time, is over only later', () => {
    const meter = meterOf();
    meter.blocked(120);
    expect(blockedUntil(meter, 100)).toEqual([0]);
    meter.unblocked(150);
    expect(blockedUntil(meter, 200)).toEqual([30]);
  });

  test('is never less than none: a window that reached further has told it already', () => {
    const meter = meterOf();
    meter.blocked(0);
    expect(blockedUntil(meter, 100)).toEqual([100]);
    meter.unblocked(90);
    expect(blockedUntil(meter, 150)).toEqual([0]);
  });
});
