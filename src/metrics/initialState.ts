import {
  forEveryConsumer,
  forEveryEdge,
  forEveryStage,
  STANDARD_TOPOLOGY,
} from '../../streams/topology';
import type { Topology } from '../../streams/topology';
import { deepFreeze } from './deepFreeze';
import { NO_VALUES } from './histogram';
import { EMPTY_MAP } from './persistentMap';
import { NO_COUNTS } from './sortedCounts';
import type {
  EdgeState,
  EvidenceState,
  MetricsState,
  Spread,
  StageState,
  StrategyState,
} from './state';

const noSpread: Spread = { count: 0n, totalMs: 0, maxMs: 0, cells: NO_VALUES };
const noService: StageState = {
  items: 0n,
  totalMs: 0,
  minMs: 0,
  maxMs: 0,
  serviceTimes: NO_VALUES,
  spent: { spanMs: 0, busyMs: 0, blockedMs: 0 },
};
const noDeliveries: EdgeState = {
  delivered: 0n,
  clockDelivered: 0n,
  backpressure: 0n,
  burst: 0n,
  behind: 0n,
  overruns: 0n,
  dropped: 0n,
  discarded: 0n,
  lateness: noSpread,
  bySymbol: EMPTY_MAP,
  firstPressed: [],
};

const noSums = { periods: 0, behind: 0, workMs: 0, awaitedMs: 0 };
const noEvidence: EvidenceState = {
  deliveries: 0,
  behind: 0,
  isolatedBehind: 0,
  awaitedMs: 0,
  first: { items: 0, workMs: 0, behind: 0 },
  minutes: [],
  ranges: [],
  minutesOfDay: NO_COUNTS,
  days: 0,
  patterns: {
    overload: noSums,
    'slow-items': noSums,
    'bursty-arrivals': noSums,
    waiting: noSums,
  },
  periods: [],
};

export const noStrategy: StrategyState = deepFreeze({
  items: 0n,
  signals: 0n,
  errors: 0n,
  totalMs: 0,
  maxMs: 0,
  markets: EMPTY_MAP,
});

/** Nothing counted, for every stage and edge of a topology. */
export const nothingCounted = (
  topology: Topology,
): Pick<MetricsState, 'topology' | 'stages' | 'edges' | 'evidence'> => ({
  topology,
  stages: forEveryStage(topology, () => noService),
  edges: forEveryEdge(topology, () => noDeliveries),
  evidence: forEveryConsumer(topology, () => noEvidence),
});

/** The state of a run with the standard stages before its first event. */
export const initialState: MetricsState = deepFreeze({
  ...nothingCounted(STANDARD_TOPOLOGY),
  at: 0,
  run: {
    phase: 'waiting',
    mode: 'clock',
    modeSince: 0,
    earlierMs: { clock: 0, data: 0 },
    pausedMs: { clock: 0, data: 0 },
    modes: [],
    speed: 1,
    speedChanges: 0,
    heldMs: 0,
  },
  market: { symbols: [], names: [], progress: 0 },
  bars: { ticks: 0n, base: 0n, derived: 0n, late: 0n, outOfOrder: 0n, badRows: 0n },
  signals: 0n,
  threadMs: {},
  handOverMs: 0,
  trailing: noSpread,
  trailed: 0n,
  strategies: {},
  saturated: [],
});

/** The state before the first event of a run with other stages, as of a pipeline composed by hand. */
export const initialStateOf = (topology: Topology): MetricsState =>
  Object.freeze({ ...initialState, ...nothingCounted(topology) });
