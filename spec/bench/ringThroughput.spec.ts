import { byMessages, throughRing } from '../../bench/src/threads/ringThroughput';

jest.setTimeout(60_000);

describe('millions of items a second', () => {
  it.each([
    ['through a ring', throughRing, 1],
    ['through a ring, more than it has room for', throughRing, 50_000],
    ['by message', byMessages, 1],
    ['by message, more than the loop takes in a turn', byMessages, 5_000],
  ])('%s', async (_, throughput, items) => {
    const perSecond = await throughput(items);
    expect(perSecond > 0 && Number.isFinite(perSecond)).toBe(true);
  });
});
