export { breakout } from './breakout';
export type { BreakoutOptions } from './breakout';
export { busy } from './busy';
export type { BusyOptions } from './busy';
export { rsiReversion } from './rsiReversion';
export type { RsiReversionOptions } from './rsiReversion';
export { smaCross } from './smaCross';
export type { SmaCrossOptions } from './smaCross';
