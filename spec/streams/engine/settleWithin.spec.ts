import { settleWithin } from '../../../streams/engine/settleWithin';
import { failure } from '../../support/collect';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Whether it is over after so many milliseconds. */
async function over(waited: Promise<void>, ms: number): Promise<boolean> {
  let isOver = false;
  void waited.then(() => (isOver = true));
  await jest.advanceTimersByTimeAsync(ms);
  return isOver;
}

describe('patience with a source that closes itself', () => {
  it('is over as soon as it has', async () => {
    await settleWithin(Promise.resolve());
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is over at once where there is nothing to wait for', async () => {
    await settleWithin(undefined);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    [100, 99, false],
    [100, 100, true],
  ])('of %i ms with one that never does: after %i ms %p', async (patience, ms, expected) => {
    expect(await over(settleWithin(new Promise(() => undefined), patience), ms)).toBe(expected);
  });

  it('has an end unless it is said when', async () => {
    expect(await over(settleWithin(new Promise(() => undefined)), 60_000)).toBe(true);
  });

  it('tells what went wrong with it', async () => {
    await expect(settleWithin(Promise.reject(failure))).rejects.toBe(failure);
  });
});
