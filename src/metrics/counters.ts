export type Unit =
  | 'ticks'
  | 'bars'
  | 'rows'
  | 'items'
  | 'events'
  | 'signals'
  | 'errors'
  | 'milliseconds'
  | 'seconds'
  | 'threads'
  | 'share'
  | 'factor';

/** Something that a run counts or measures. */
export interface Counter {
  /** Where it is found: what it belongs to, and its name in the JSON report. */
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  /** What exactly it says. */
  readonly sentence: string;
}

type Row = readonly [id: string, label: string, unit: Unit, sentence: string];

const rows = [
  [
    'run.speed',
    'speed',
    'factor',
    'How many seconds of market time pass in one second of the run.',
  ],
  [
    'run.threads',
    'threads',
    'threads',
    'How many threads the stages ran in: 3 where each had one of its own, else 1.',
  ],
  [
    'run.wallSeconds',
    'wall time',
    'seconds',
    'Time on the wall from the start of the run to its end, or to the latest news of it; the start-up of threads is not in it.',
  ],
  [
    'run.startupMs',
    'start-up',
    'milliseconds',
    "Time that it took to start the stages' threads, before the run's clock began.",
  ],
  [
    'run.marketSeconds',
    'market time',
    'seconds',
    'Market time from the first row to the latest release.',
  ],
  [
    'run.heldMs',
    'held',
    'milliseconds',
    "Time for which the run was kept from reading on because the journal's disk did not keep up.",
  ],
  ['bars.ticks', 'ticks', 'ticks', 'Rows of the input that were accepted and went into bars.'],
  [
    'bars.base',
    'base bars',
    'bars',
    'Bars of the base interval that the coordinator built or read.',
  ],
  ['bars.derived', 'derived bars', 'bars', 'Bars of longer intervals that the processor closed.'],
  [
    'bars.late',
    'late ticks',
    'ticks',
    'Ticks for a window that had closed already; they were dropped.',
  ],
  [
    'bars.outOfOrder',
    'rows out of order',
    'rows',
    'Rows that stood in their file after a row of a later time; they were put in order.',
  ],
  ['bars.badRows', 'bad rows', 'rows', 'Rows that could not be read and were skipped.'],
  ['signals', 'signals', 'signals', 'Signals that all strategies together gave.'],
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
  ['strategy.items', 'items', 'items', 'Bars on which the strategy was called.'],
  ['strategy.signals', 'signals', 'signals', 'Signals that the strategy gave.'],
  [
    'strategy.errors',
    'errors',
    'errors',
    'Calls in which the strategy threw, rejected or returned nonsense.',
  ],
  [
    'strategy.totalMs',
    'total time',
    'milliseconds',
    'Time that the strategy took for all of its items.',
  ],
  [
    'strategy.maxMs',
    'longest call',
    'milliseconds',
    'The longest time that the strategy took for an item, exactly.',
  ],
] as const satisfies readonly Row[];

export type CounterId = (typeof rows)[number][0];

/** Everything that a run counts or measures; report, JSON, documentation and exporters read it here. */
export const COUNTERS: readonly (Counter & { readonly id: CounterId })[] = rows.map(
  ([id, label, unit, sentence]) => Object.freeze({ id, label, unit, sentence }),
);

const byId = new Map<string, Counter>(COUNTERS.map((counter) => [counter.id, counter]));

/** The row of the table. Throws `RangeError` where there is none. */
export function counterOf(id: string): Counter {
  const counter = byId.get(id);
  if (counter === undefined) throw new RangeError(`The table of counters has no "${id}".`);
  return counter;
}

/** The table as Markdown, for the documentation. */
export function countersAsMarkdown(): string {
  return [
    '| id | label | unit | what it says |',
    '|---|---|---|---|',
    ...COUNTERS.map(
      ({ id, label, unit, sentence }) => `| \`${id}\` | ${label} | ${unit} | ${sentence} |`,
    ),
  ].join('\n');
}
