import { repetitions } from '../support/properties';
import { random, shares } from './queueing';

/** Share of Poisson arrivals that have to wait for one of c servers, each busy for `rho` of the time (A. K. Erlang, 1917). */
function erlangC(c: number, rho: number): number {
  const load = c * rho;
  let term = 1;
  let sum = 0;
  for (let k = 0; k < c; k += 1) {
    sum += term;
    term *= load / (k + 1);
  }
  const waiting = term / (1 - rho);
  return waiting / (sum + waiting);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard error of a mean. */
function errorOf(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.map((value) => (value - center) ** 2);
  return Math.sqrt(mean(squares) / (values.length - 1));
}

describe('law 6: with c servers, Poisson arrivals wait as often as Erlang says, within 1 %', () => {
  // Runs of 200,000 arrivals: as many as it takes for a standard error of a third of the bound.
  it.each([
    [2, 0.7, 10],
    [4, 0.8, 12],
    [8, 0.8, 20],
  ])('M/M/%i at %f', async (concurrency, rho, sample) => {
    const runs: number[] = [];
    for (let seed = 1; seed <= repetitions(sample).numRuns; seed += 1) {
      const options = { arrivals: 200_000, concurrency };
      runs.push((await shares(seed, [random(concurrency * rho)], options))[0] as number);
    }
    const expected = erlangC(concurrency, rho);
    expect(errorOf(runs) / expected).toBeLessThan(0.01 / 2.5);
    expect(Math.abs(mean(runs) / expected - 1)).toBeLessThan(0.01);
  });
});
