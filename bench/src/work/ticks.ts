/** Ticks in columns, as every row of a table gets them. */
export interface Ticks {
  readonly length: number;
  readonly symbols: readonly string[];
  readonly symbol: Uint32Array;
  /** Epoch microseconds, in order, whole milliseconds. */
  readonly time: Float64Array;
  readonly price: Float64Array;
  readonly size: Float64Array;
}

interface TickShape {
  readonly ticks: number;
  readonly symbols: number;
  /** Milliseconds between two ticks on average. */
  readonly spacing: number;
}

const START = Date.UTC(2024, 0, 2);

/** mulberry32: the same numbers on every machine. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Random walks in cents; sizes are whole, so that their sums are exact in any order. */
export function makeTicks({ ticks, symbols, spacing }: TickShape): Ticks {
  const chance = random(7);
  const names = Array.from({ length: symbols }, (_, i) => `S${String(i).padStart(4, '0')}`);
  const symbol = new Uint32Array(ticks);
  const time = new Float64Array(ticks);
  const price = new Float64Array(ticks);
  const size = new Float64Array(ticks);
  const cents = Int32Array.from({ length: symbols }, () => 5_000 + Math.floor(chance() * 45_000));
  for (let i = 0; i < ticks; i += 1) {
    const at = Math.floor(chance() * symbols);
    const last = cents[at] as number;
    const next = Math.max(100, last + Math.floor(chance() * 11) - 5);
    cents[at] = next;
    symbol[i] = at;
    time[i] = (START + Math.floor((i + chance()) * spacing)) * 1_000;
    price[i] = next / 100;
    size[i] = 1 + Math.floor(chance() * 100);
  }
  return { length: ticks, symbols: names, symbol, time, price, size };
}
