import type { Ticks } from './ticks';

const START = Date.UTC(2024, 0, 2);

/** One symbol, a tick every so many milliseconds. */
export function ticksEvery(step: number, ticks: number): Ticks {
  return {
    length: ticks,
    symbols: ['S0000'],
    symbol: new Uint32Array(ticks),
    time: Float64Array.from({ length: ticks }, (_, i) => (START + i * step) * 1_000),
    price: Float64Array.from({ length: ticks }, (_, i) => 100 + (i % 7)),
    size: new Float64Array(ticks).fill(1),
  };
}
