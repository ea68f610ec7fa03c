/**
 * Marble tests of pipelines, for any test runner.
 *
 * @module barometer/testing
 */
export type { BarValue, MarbleBar, MarbleBars } from './barsOf';
export type { SubscriptionLogs } from './compareSubscriptions';
export type { Counts } from './counts';
export { drawMarbles } from './drawMarbles';
export type { Mark } from './drawMarbles';
export type { Expectations } from './expectations';
export { MarbleError } from './marbleError';
export type { MarbleReplayOptions, MarbleRun } from './marbleReplay';
export { marbles } from './marbles';
export type { Marbles } from './marbles';
export type { MarbleReadiness } from './readinessOf';
export type { Values } from './vocabularies';
export type { MarbleExpectation } from './expectations';
export type { StatedByMarbles } from './marbleReplay';
