/**
 * Sustainable speeds, computed from recorded service times.
 *
 * @module barometer/capacity
 */
export {
  capacityOf,
  capacityReport,
  measureServiceTimes,
  NoWorkError,
  originOf,
  parseChanges,
  renderCapacity,
  renderCapacityHtml,
  WhatIfError,
} from '../capacity';
export type {
  Capacity,
  CapacityOptions,
  CapacityParts,
  CapacityReport,
  CapacitySource,
  CapacityTextOptions,
  Change,
  CriticalSpeed,
  CurvePoint,
  EdgeCapacity,
  EdgeCounts,
  Measured,
  Pauses,
  Sensitivities,
  Sensitivity,
  ServedStage,
  WarmUp,
  WorstWindow,
} from '../capacity';
export type { RepeatRuns } from '../capacity/repeatRuns';
export type { FailedCalls } from '../capacity/capacityReport';
