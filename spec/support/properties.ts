import { configureGlobal } from 'fast-check';

/**
 * The random cases of every property are the same in each run, so that a change is to blame for
 * what fails after it. `FC_SEED=$RANDOM npm run jest` looks at others; a failure prints its seed.
 */
const seed = process.env['FC_SEED'];
configureGlobal({ seed: seed === undefined ? 20240808 : Number(seed) });
