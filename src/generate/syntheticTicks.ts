import type { Micros, Tick } from '../../streams';
import { seededRandom } from './random';
import type { Random } from './random';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

export interface SyntheticOptions {
  readonly symbols: readonly string[];
  readonly minutes: number;
  /** Ticks a second of each symbol, on average and outside of bursts. */
  readonly rate: number;
  /** How many stretches of 10 s there are in which every symbol trades at 20 times its rate. */
  readonly bursts: number;
  readonly seed: number;
}

/** A Monday morning, midnight UTC. */
export const SYNTHETIC_START: Micros = Date.UTC(2024, 0, 1) * 1000;

const SECOND = 1_000_000;
const BURST_LENGTH = 10 * SECOND;
const BURST_FACTOR = 20;
/** Prices move in steps of a cent and begin near a hundred. */
const CENTS = 100;

const OPTIONS: OptionNames<SyntheticOptions> = {
  symbols: true,
  minutes: true,
  rate: true,
  bursts: true,
  seed: true,
};

/**
 * Ticks of a market that never was, in order of time: of each symbol a Poisson process whose price
 * is a random walk. The same options make the same ticks, everywhere and always.
 */
export function syntheticTicks(options: SyntheticOptions): Generator<Tick> {
  checkOptionNames('syntheticTicks', options, OPTIONS);
  return ticksOf(options);
}

function* ticksOf(options: SyntheticOptions): Generator<Tick> {
  const { symbols, minutes, rate, bursts, seed } = options;
  const end = minutes * 60 * SECOND;
  const chance = seededRandom(seed);
  const starts = Array.from({ length: bursts }, () => Math.floor(chance.uniform() * end));
  const walkers = symbols.map((symbol) => walk(symbol, seededRandom(chance.below(2 ** 32))));
  const factorAt = (time: Micros): number =>
    starts.some((start) => time >= start && time < start + BURST_LENGTH) ? BURST_FACTOR : 1;
  const edges = starts.flatMap((start) => [start, start + BURST_LENGTH]).sort((a, b) => a - b);

  /** When the next tick comes: waiting goes on faster while there is a burst. */
  const after = (time: Micros, waits: number): Micros => {
    let left = (waits / rate) * SECOND;
    let now = time;
    for (const edge of edges) {
      if (edge <= now) continue;
      const factor = factorAt(now);
      if (now + left / factor < edge) break;
      left -= (edge - now) * factor;
      now = edge;
    }
    return now + left / factorAt(now);
  };

  for (const walker of walkers) walker.next = after(0, walker.random.exponential());
  for (;;) {
    let first = walkers[0];
    for (const walker of walkers)
      if (first === undefined || walker.next < first.next) first = walker;
    if (first === undefined || first.next >= end) return;
    yield step(first);
    first.next = after(first.next, first.random.exponential());
  }
}

interface Walker {
  readonly symbol: string;
  readonly random: Random;
  cents: number;
  next: Micros;
}

const walk = (symbol: string, random: Random): Walker => ({
  symbol,
  random,
  cents: 95 * CENTS + random.below(10 * CENTS),
  next: 0,
});

function step(walker: Walker): Tick {
  const { symbol, random } = walker;
  walker.cents = Math.max(1, walker.cents + random.below(3) - 1 + (random.below(3) - 1) * 2);
  return {
    symbol,
    time: SYNTHETIC_START + Math.floor(walker.next),
    price: walker.cents / CENTS,
    size: 1 + random.below(20),
  };
}
