import { lastValueFrom, Observable, pipe } from 'rxjs';
import type { OperatorFunction, SchedulerLike } from 'rxjs';
import { Readiness, serve, trackBackpressure, VirtualClock } from '../../operators';
import { booksOf } from '../support/books';
import type { Books } from '../support/books';

const ARRIVALS = 300_000;

// Once, because each look at a global costs a test's sandbox far more than the arithmetic.
const { imul, log } = Math;

/** Uniform in [0, 1), always the same from the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const exponential = (random: () => number, mean: number): number => -mean * log(1 - random());

/** Arrivals with gaps of mean 1. */
const poisson = (random: () => number, scheduler: SchedulerLike): Observable<number> =>
  new Observable((subscriber) => {
    let arrived = 0;
    return scheduler.schedule(function () {
      subscriber.next((arrived += 1));
      if (arrived === ARRIVALS) subscriber.complete();
      else this.schedule(undefined, exponential(random, 1));
    }, 0);
  });

function stage(
  scheduler: SchedulerLike,
  events: Books,
  serviceTime: number | (() => number),
  concurrency = 1,
): OperatorFunction<number, number> {
  const readiness = new Readiness();
  return pipe(
    trackBackpressure<number>(readiness, { edge: 'edge', events, scheduler, batch: {} }),
    serve<number, number>((n) => [n], {
      readiness,
      scheduler,
      serviceTime,
      concurrency,
      stopwatch: () => 0,
    }),
  );
}

/** Shares of arrivals that found a stage not ready, for each stage of a tandem. */
async function shares(
  seed: number,
  services: readonly ((random: () => number) => number | (() => number))[],
  concurrency = 1,
): Promise<number[]> {
  const random = generator(seed);
  const clock = new VirtualClock();
  const books = services.map(booksOf);
  const flow = services.reduce<Observable<number>>(
    (source, service, i) =>
      source.pipe(stage(clock, books[i] as Books, service(random), concurrency)),
    poisson(random, clock),
  );
  await lastValueFrom(flow, { defaultValue: 0 });
  return books.map(({ counts }) => counts.backpressure / counts.delivered);
}

const constant = (mean: number) => () => mean;
const random = (mean: number) => (uniform: () => number) => () => exponential(uniform, mean);

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

describe('law 6: with c servers, Poisson arrivals wait as often as Erlang says', () => {
  it.each([
    [2, 0.5],
    [2, 0.8],
    [4, 0.7],
    [8, 0.8],
  ])('M/M/%i at %f', async (c, rho) => {
    const [share] = await shares(5, [random(c * rho)], c);
    expect(Math.abs((share as number) - erlangC(c, rho))).toBeLessThan(0.01);
  });
});
