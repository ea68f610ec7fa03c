import fs from 'node:fs';
import { askHeap, heapCell } from '../../bench/src/threads/heapCell';
import { waitCell, waitedMs } from '../../bench/src/threads/runQueue';
import {
  loadOf,
  loadStrategy,
  randomLoad,
  roundsPerMs,
  spin,
} from '../../bench/src/threads/syntheticLoad';
import type { Strategy } from '../../streams';

afterEach(() => {
  jest.restoreAllMocks();
});

/** A clock that goes on by so many milliseconds each time it is looked at; says how far it is. */
function clock(stepMs: number): () => number {
  let now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += stepMs));
  return () => now;
}
const hear = (strategy: Strategy): unknown =>
  strategy.onBar({} as Parameters<Strategy['onBar']>[0], {} as Parameters<Strategy['onBar']>[1]);

describe('spin', () => {
  it.each([
    [0, 2],
    [1_000, 1 + 8],
    [1_060, 1 + 9],
  ])('for %i µs looks at the clock until they are over', (microseconds, looks) => {
    const item = spin(microseconds);
    const now = clock(0.125);
    item();
    expect((now() - 1_000) / 0.125).toBe(looks);
  });

  it('as a strategy takes as long, and says nothing', () => {
    const strategy = loadStrategy({ microseconds: 1_000 });
    const now = clock(0.125);
    expect([strategy.name, hear(strategy), (now() - 1_000) / 0.125]).toEqual([
      'load',
      undefined,
      9,
    ]);
  });
});

describe('a random load', () => {
  it.each(['exponential', 'constant'] as const)('of %s length is done', (service) => {
    const item = randomLoad({ seed: 1, rounds: 100, service });
    expect(() => {
      for (let n = 0; n < 100; n += 1) item();
    }).not.toThrow();
  });

  it('tells how long its thread waited, as a function and as a strategy', () => {
    let waited = 10;
    jest.spyOn(fs, 'readFileSync').mockImplementation(() => `1 ${waited * 1e6} 1`);
    const cells = [waitCell(), waitCell()] as const;
    const common = { seed: 1, rounds: 1, service: 'constant' } as const;
    const item = randomLoad({ ...common, waits: cells[0] });
    const strategy = loadStrategy({ ...common, waits: cells[1] });
    for (let n = 0; n < 33; n += 1) {
      item();
      expect(hear(strategy)).toBeUndefined();
      waited = 14;
    }
    expect([strategy.name, ...cells.map(waitedMs)]).toEqual(['load', 4, 4]);
  });
});

describe('the rounds of a millisecond', () => {
  it('are those of the fastest of ten attempts', () => {
    const took = [9, 8, 5, 4, 7, 6, 4.5, 9, 9, 9];
    const looks = took.flatMap((ms, attempt) => [100 * attempt, 100 * attempt + ms]);
    jest.spyOn(performance, 'now').mockImplementation(() => looks.shift() ?? NaN);
    expect(roundsPerMs()).toBe(1_000_000 / 4);
  });
});

describe('a load', () => {
  it('answers for the heap, where it is given its cell', () => {
    const heap = heapCell();
    const spend = loadOf({ heap });
    askHeap(heap);
    spend();
    expect(askHeap(heap)).toBeGreaterThan(0);
  });
});
