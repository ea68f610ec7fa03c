export { BUILT_INS } from './builtIns';
export type { BuiltIn } from './builtIns';
export { loadStrategies } from './loadStrategies';
export { UnusableStrategyError } from './unusableStrategyError';
