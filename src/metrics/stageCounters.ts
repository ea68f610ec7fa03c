import type { CounterRow } from './metricDescriptor';

/** A stage: its service times, and how it spent its time. */
export const STAGE_COUNTERS = [
  ['stage.items', 'items', 'items', 'Items that the stage finished.'],
  [
    'stage.minMs',
    'shortest service',
    'milliseconds',
    'The shortest service time of an item, exactly.',
  ],
  [
    'stage.maxMs',
    'longest service',
    'milliseconds',
    'The longest service time of an item, exactly.',
  ],
  [
    'stage.meanMs',
    'mean service',
    'milliseconds',
    'Service time of all items over their number, exactly.',
  ],
  ['stage.p50Ms', 'p50 service', 'milliseconds', 'Half of the items took no longer, within 1 %.'],
  ['stage.p99Ms', 'p99 service', 'milliseconds', '99 % of the items took no longer, within 1 %.'],
  [
    'stage.p999Ms',
    'p99.9 service',
    'milliseconds',
    '99.9 % of the items took no longer, within 1 %.',
  ],
  [
    'stage.busyShare',
    'busy',
    'share',
    "Share of the run's time in which the stage served an item (the coordinator: read and built).",
  ],
  [
    'stage.idleShare',
    'idle',
    'share',
    "Share of the run's time in which the stage had nothing to do.",
  ],
  [
    'stage.blockedShare',
    'blocked',
    'share',
    "Share of the run's time in which the stage waited for the next gate to take its outputs.",
  ],
] as const satisfies readonly CounterRow[];
