import type { CounterRow } from './metricDescriptor';

/** An edge, and a symbol on it. */
export const EDGE_COUNTERS = [
  ['edge.delivered', 'delivered', 'items', 'Items that were handed to the consumer.'],
  [
    'edge.clockDelivered',
    'delivered clock-driven',
    'items',
    'Items that were handed to the consumer in clock-driven mode: what the shares are taken of.',
  ],
  [
    'edge.backpressure',
    'backpressure',
    'events',
    'Items that were offered while the consumer was not ready.',
  ],
  [
    'edge.burst',
    'burst',
    'events',
    "Backpressure events in which everything handed over since the consumer was last ready was due at the item's own instant.",
  ],
  [
    'edge.behind',
    'behind',
    'events',
    'Backpressure events in which something handed over since the consumer was last ready was due earlier.',
  ],
  [
    'edge.overruns',
    'overruns',
    'events',
    'Items that were offered while an earlier one still lay unserved in the inbox.',
  ],
  ['edge.dropped', 'dropped', 'items', 'Items that a full inbox or gate gave up.'],
  ['edge.discarded', 'discarded', 'items', 'Items that were still held when the run was stopped.'],
  [
    'edge.share',
    'share',
    'share',
    'Backpressure events over the deliveries made in clock-driven mode.',
  ],
  [
    'edge.behindShare',
    'behind share',
    'share',
    'Behind events over the deliveries made in clock-driven mode; the grade goes by it.',
  ],
  [
    'edge.latenessP50Ms',
    'p50 lateness',
    'milliseconds',
    'Half of the items were begun no longer after they were due, within 1 %.',
  ],
  [
    'edge.latenessP99Ms',
    'p99 lateness',
    'milliseconds',
    '99 % of the items were begun no longer after they were due, within 1 %.',
  ],
  [
    'edge.latenessMaxMs',
    'longest lateness',
    'milliseconds',
    "The longest time from an item's due time to the start of its service, exactly.",
  ],
  [
    'edge.blockedMs',
    'blocked time',
    'milliseconds',
    "Time for which the producer waited for the edge's gate to take its outputs.",
  ],
  [
    'symbol.delivered',
    'delivered',
    'items',
    'Items of the symbol that were handed to the consumer.',
  ],
  [
    'symbol.backpressure',
    'backpressure',
    'events',
    'Items of the symbol that were offered while the consumer was not ready.',
  ],
  [
    'symbol.behind',
    'behind',
    'events',
    "Those of the symbol's backpressure events in which something was due earlier.",
  ],
  [
    'symbol.workMs',
    'work',
    'milliseconds',
    "What all strategies together took for the symbol's bars.",
  ],
] as const satisfies readonly CounterRow[];
