import { constant, random, shares } from './queueing';

describe('law 6: Poisson arrivals see the server not ready as often as it is busy', () => {
  const utilizations = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

  it.each(utilizations)('M/D/1 at %f', async (utilization) => {
    const [share] = await shares(1, [constant(utilization)]);
    expect(Math.abs((share as number) - utilization)).toBeLessThan(0.01);
  });

  it.each(utilizations)('M/M/1 at %f', async (utilization) => {
    const [share] = await shares(2, [random(utilization)]);
    expect(Math.abs((share as number) - utilization)).toBeLessThan(0.01);
  });

  it('a faster constant server behind a constant one never counts: 0.5, then 0.4', async () => {
    const [first, second] = await shares(3, [constant(0.5), constant(0.4)]);
    expect(Math.abs((first as number) - 0.5)).toBeLessThan(0.01);
    expect(second).toBe(0);
  });

  it('a slower one counts its utilization: 0.5, then 0.8', async () => {
    const [first, second] = await shares(4, [constant(0.5), constant(0.8)]);
    expect(Math.abs((first as number) - 0.5)).toBeLessThan(0.01);
    expect(Math.abs((second as number) - 0.8)).toBeLessThan(0.01);
  });
});
