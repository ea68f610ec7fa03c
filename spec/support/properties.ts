import { configureGlobal } from 'fast-check';

/**
 * Settings of fast-check. Every run tests the same random cases, so that a new failure comes from a
 * change in the code. `FC_SEED=7 npm test` tests other cases; a failure prints its seed.
 *
 * `BAROMETER_REPETITIONS=all` multiplies the cases of every property. `npm run test:long` sets it, with
 * a new seed each time.
 */
const seed = process.env['FC_SEED'];
const factor = process.env['BAROMETER_REPETITIONS'] === 'all' ? 20 : 1;
configureGlobal({
  seed: seed === undefined ? 20240808 : Number(seed),
  ...repetitions(100),
});

/** Parameters of a property that `npm test` samples with `sample` random cases. */
export function repetitions(sample: number): { readonly numRuns: number } {
  return { numRuns: sample * factor };
}
