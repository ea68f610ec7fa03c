/**
 * Replays, live runs, sources, built-in strategies, reports and errors: the most used names of all entries.
 *
 * @module barometer
 */
export { BarometerError, OptionError, OverflowError } from '../operators';
export { VirtualClock, WallClock } from '../operators';
export { breakout, busy, rsiReversion, SourceError, smaCross } from '../streams';
export { StageFailure, StrategyError } from '../streams';
export { fromBars, fromColumns, fromQuotes, fromTicks, openFiles } from '../streams/sources';
export { NoWorkError, WhatIfError } from './capacity';
export { defineConfig } from './config/defineConfig';
export { ERRORS } from './errors';
export { JournalError } from './journal';
export { live } from './live';
export { UnknownEventError } from './metrics';
export { OutputError } from './output';
export { replay } from './replay';
export { buildReport, renderText } from './report';
export { UnusableStrategyError } from './strategies';
export type { OptionErrorCode } from '../operators';
export type { ReplayOptions, Run } from './replay';
export type { StrategyReference } from './strategies';
export type {
  Bar,
  BarView,
  CalendarOptions,
  Column,
  FileOptions,
  FileSource,
  Micros,
  LocalTime,
  Mode,
  Quote,
  ReadonlyFloats,
  RowBatch,
  RowCounts,
  RowSource,
  Session,
  Signal,
  Strategy,
  StrategyContext,
  StrategyFactory,
  ThreadsOptions,
  Tick,
  Trade,
} from '../streams';
export type {
  FromBarsOptions,
  FromTicksOptions,
  RowColumns,
  SourceErrorCode,
} from '../streams/sources';
export type {
  BreakoutOptions,
  BusyOptions,
  RsiReversionOptions,
  SmaCrossOptions,
} from '../streams/strategies/builtIn';
export type { BarometerConfig, ConfigOptions } from './config/defineConfig';
export type { ErrorDescriptor } from './errors';
export type { JournalErrorCode } from './journal';
export type { LiveOptions } from './liveOptions';
export type { MetricsState } from './metrics';
export type { Report, TextOptions } from './report';
