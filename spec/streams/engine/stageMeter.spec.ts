import { StageMeter } from '../../../streams/engine/stageMeter';

const meterOf = (): StageMeter =>
  new StageMeter({
    stage: 'processor',
    edge: 'coordinator-processor',
    dueFloor: () => -Infinity,
  });

const blockedUntil = (meter: StageMeter, ...times: readonly number[]): number[] =>
  times.map((at) => meter.flush(at).blockedMs);

describe('blocked time', () => {
  test('counts in every window that it lasts for, also while it has not ended', () => {
    const meter = meterOf();
    meter.onBlocked(30);
    expect(blockedUntil(meter, 100, 200)).toEqual([70, 100]);
    meter.onUnblocked(250);
    expect(blockedUntil(meter, 300, 400)).toEqual([50, 0]);
  });

  test('is the sum of all that a window has', () => {
    const meter = meterOf();
    meter.onBlocked(10);
    meter.onUnblocked(20);
    meter.onBlocked(50);
    meter.onUnblocked(55);
    expect(blockedUntil(meter, 100)).toEqual([15]);
  });

  test('has not begun where the service before it, by its measured time, is over only later', () => {
    const meter = meterOf();
    meter.onBlocked(120);
    expect(blockedUntil(meter, 100)).toEqual([0]);
    meter.onUnblocked(150);
    expect(blockedUntil(meter, 200)).toEqual([30]);
  });

  test('is never less than none: a window that reached further has told it already', () => {
    const meter = meterOf();
    meter.onBlocked(0);
    expect(blockedUntil(meter, 100)).toEqual([100]);
    meter.onUnblocked(90);
    expect(blockedUntil(meter, 150)).toEqual([0]);
  });
});
