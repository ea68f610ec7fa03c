import { lastValueFrom, Observable, pipe } from 'rxjs';
import type { OperatorFunction, SchedulerLike } from 'rxjs';
import { Readiness, serve, trackBackpressure, VirtualClock } from '../../operators';
import { booksOf } from '../support/books';
import type { Books } from '../support/books';

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
const poisson = (
  random: () => number,
  scheduler: SchedulerLike,
  arrivals: number,
): Observable<number> =>
  new Observable((subscriber) => {
    let arrived = 0;
    return scheduler.schedule(function () {
      subscriber.next((arrived += 1));
      if (arrived === arrivals) subscriber.complete();
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

/** What a server takes for an item: always the same, or at random. */
export type Service = (random: () => number) => number | (() => number);

export const constant =
  (mean: number): Service =>
  () =>
    mean;
export const random =
  (mean: number): Service =>
  (uniform) =>
  () =>
    exponential(uniform, mean);

/** Shares of Poisson arrivals that found a stage not ready, for each stage of a tandem. */
export async function shares(
  seed: number,
  services: readonly Service[],
  { arrivals = 300_000, concurrency = 1 } = {},
): Promise<number[]> {
  const uniform = generator(seed);
  const clock = new VirtualClock();
  const books = services.map(booksOf);
  const flow = services.reduce<Observable<number>>(
    (source, service, i) =>
      source.pipe(stage(clock, books[i] as Books, service(uniform), concurrency)),
    poisson(uniform, clock, arrivals),
  );
  await lastValueFrom(flow, { defaultValue: 0 });
  return books.map(({ counts }) => counts.backpressure / counts.delivered);
}
