import type { CapacityReport } from '../../../src/capacity/capacityReport';
import type { CurvePoint, EdgeCapacity } from '../../../src/capacity/curve';

/** An edge of which nothing is known but what is given. */
const edgeCapacity = (given: Partial<EdgeCapacity> = {}): EdgeCapacity => ({
  delivered: 1_000,
  backpressure: 0,
  burst: 0,
  behind: 0,
  overruns: 0,
  waitMeanMs: 0,
  waitP50Ms: 0,
  waitP99Ms: 0,
  waitMaxMs: 0,
  deepestInbox: 0,
  share: 0,
  behindShare: 0,
  grade: 'perfect',
  ...given,
});

/** A point of the curve, of both its edges; the processor busy for half of the time, analysis for all of it. */
export const curvePoint = (
  speed: number,
  first: Partial<EdgeCapacity> = {},
  second: Partial<EdgeCapacity> = {},
): CurvePoint => ({
  speed,
  edges: {
    'coordinator-processor': edgeCapacity(first),
    'processor-analysis': edgeCapacity(second),
  },
  stages: { processor: { utilization: 0.5 }, analysis: { utilization: 1 } },
});

/** The report of a day whose first edge is critical from 40× on. */
export const capacityReportOf = (given: Partial<CapacityReport> = {}): CapacityReport => ({
  schema: 1,
  answer: 'keeps up to 38× real time',
  source: { files: ['day.csv'], strategies: [] },
  passes: 1,
  sustainableSpeed: 38,
  runQueueShare: null,
  partsRange: [30, 45],
  stableSpeed: 4.04,
  averageSpeed: 90,
  busiest: 'analysis',
  worstWindow: null,
  critical: [{ edge: 'coordinator-processor', speed: 40 }],
  curve: [],
  counted: { items: 1_440, updates: 1 },
  span: { from: '2024-08-08T00:00:00.000Z', to: '2024-08-09T00:00:00.000Z' },
  gains: [],
  untried: 0,
  ...given,
});
