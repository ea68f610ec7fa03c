import type { Strategy } from '../../../streams';
import { seededRandom } from '../../../src/generate/random';
import { answerHeap } from './heapCell';
import { watchRunQueue } from './runQueue';

/** Additional work of a stage per item. */
export type SyntheticLoad =
  { readonly microseconds: number } | RandomLoad | { readonly heap: SharedArrayBuffer };

export interface RandomLoad {
  readonly seed: number;
  /** Rounds of the loop, on average. */
  readonly rounds: number;
  /** How they are distributed. */
  readonly service: Service;
  /** Cell for the time that the thread has waited for a processor. */
  readonly waits?: SharedArrayBuffer;
}

export type Service = 'exponential' | 'constant';

export function loadOf(load: SyntheticLoad): () => void {
  if ('microseconds' in load) return spin(load.microseconds);
  return 'heap' in load ? answerHeap(load.heap) : randomLoad(load);
}

/** Keeps a thread busy for a number of microseconds. */
export function spin(microseconds: number): () => void {
  return () => {
    const until = performance.now() + microseconds / 1_000;
    while (performance.now() < until);
  };
}

/** The same amounts of work for the same seed, independent of the thread's speed. */
export function randomLoad({ seed, rounds, service, waits }: RandomLoad): () => void {
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

/** A strategy with a fixed amount of work per bar. */
export function loadStrategy(load: SyntheticLoad): Strategy {
  const spend = loadOf(load);
  return {
    name: 'load',
    onBar() {
      spend();
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
