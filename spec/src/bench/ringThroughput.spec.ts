import { byMessages, ringThroughput, throughRing } from '../../../src/bench/ringThroughput';

jest.setTimeout(60_000);

describe('the throughput of a ring', () => {
  it('is measured also of more items than it has room for', async () => {
    expect(await throughRing(50_000)).toBeGreaterThan(0);
  });

  it('is measured of messages, also of more than the loop takes in a turn', async () => {
    expect(await byMessages(5_000)).toBeGreaterThan(0);
  });

  it.each([1, 200])('of %i items is set against messages', async (count) => {
    const { items, ring, messages, factor } = await ringThroughput(count);
    expect([items, factor]).toEqual([count, ring / messages]);
    expect(factor > 0 && Number.isFinite(factor)).toBe(true);
  });
});
