export { BUILT_INS } from './builtIns';
export type { BuiltIn } from './builtIns';
export { loadStrategies } from './loadStrategies';
export { modulesOf } from './strategySpec';
export { isReference, textOf } from './strategyReference';
export type { StrategyReference } from './strategyReference';
export { threadStrategies } from './threadStrategies';
export { UncaughtStrategyError, uncaughtStrategyError } from './uncaughtStrategyError';
export { UnusableStrategyError } from './unusableStrategyError';
