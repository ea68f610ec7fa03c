import type { Strategy } from '../../streams';
import { seededRandom } from '../generate/random';
import { watchRunQueue } from './runQueue';

export { tellHeap } from './heapCell';

/** Keeps a thread busy for so many microseconds. */
export function spinning(microseconds: number): () => void {
  return () => {
    const until = performance.now() + microseconds / 1_000;
    while (performance.now() < until);
  };
}

export interface RandomWork {
  readonly seed: number;
  /** Rounds of the loop, on average. */
  readonly rounds: number;
  /** How they are distributed. */
  readonly service: Service;
  /** Where the thread tells how long it waited for a processor. */
  readonly waits?: SharedArrayBuffer;
}

export type Service = 'exponential' | 'constant';

/** The same amounts of work for the same seed, however fast the thread does them. */
export function randomWork({ seed, rounds, service, waits }: RandomWork): () => void {
  const { exponential } = seededRandom(seed);
  const watch = waits === undefined ? undefined : watchRunQueue(waits);
  let x = 1;
  return () => {
    watch?.();
    const length = service === 'constant' ? rounds : exponential() * rounds;
    for (let round = 0; round < length; round += 1) x = (x * 1.000_000_1) % 7;
    if (x === 0) throw new RangeError('never: it keeps the loop from being left out');
  };
}

/** The same as a strategy. */
export function randomStrategy(work: RandomWork): Strategy {
  const item = randomWork(work);
  return {
    name: 'work',
    onBar() {
      item();
    },
  };
}

/** A strategy that takes so many microseconds for a bar. */
export function spinningStrategy(microseconds: number): Strategy {
  const item = spinning(microseconds);
  return {
    name: 'work',
    onBar() {
      item();
    },
  };
}

/** Rounds of the loop that take a millisecond on this machine: the best of some attempts. */
export function roundsPerMs(): number {
  const rounds = 1_000_000;
  let best = Infinity;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    let x = 1;
    const began = performance.now();
    for (let round = 0; round < rounds; round += 1) x = (x * 1.000_000_1) % 7;
    const took = performance.now() - began;
    if (x !== 0 && took < best) best = took;
  }
  return rounds / best;
}
