/** Draws that are the same for the same seed on every machine: integers, and arithmetic that IEEE 754 fixes. */
export interface Random {
  /** At least 0, less than 1, 32 bits of it random. */
  readonly uniform: () => number;
  /** A whole number at least 0 and less than `n`. */
  readonly below: (n: number) => number;
  /** Exponentially distributed with mean 1. */
  readonly exponential: () => number;
}

/** mulberry32, of Tommy Ettinger: one 32-bit word of state, period 2^32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    // Math.log may differ in its last bit from one engine to the next. Von Neumann (1951) draws with
    // comparisons alone: a run of falling uniforms whose length is odd is kept.
    exponential: () => {
      for (let whole = 0; ; whole += 1) {
        const first = uniform();
        let length = 1;
        for (let last = first, next = uniform(); next < last; next = uniform()) {
          last = next;
          length += 1;
        }
        if (length % 2 === 1) return whole + first;
      }
    },
  };
}
