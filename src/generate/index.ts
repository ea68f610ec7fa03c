export { syntheticCsv } from './syntheticCsv';
export { syntheticTicks } from './syntheticTicks';
export type { SyntheticOptions } from './syntheticTicks';
