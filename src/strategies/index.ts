export { BUILT_INS } from './builtIns';
export type { BuiltIn } from './builtIns';
export { loadStrategies } from './loadStrategies';
export { isReference, textOf } from './strategyReference';
export type { StrategyReference } from './strategyReference';
export { threadStrategies } from './threadStrategies';
export { UnusableStrategyError } from './unusableStrategyError';
