/** How often something random is tried: a sample, or `all` where BAROMETER_REPETITIONS says so. */
export const repetitions = (sample: number, all: number): number =>
  process.env['BAROMETER_REPETITIONS'] === 'all' ? all : sample;

/** The seed of random moments: `FC_SEED=$RANDOM` tries others. */
export const SEED = Number(process.env['FC_SEED'] ?? 20240808);

/** Numbers from 0 to 1, the same for the same seed: mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
