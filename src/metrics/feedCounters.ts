import type { CounterRow } from './metricDescriptor';

/** A live feed: what came, and what became of it before it was in a bar. */
export const FEED_COUNTER_ROWS = [
  [
    'feed.received',
    'received',
    'rows',
    'Rows that the feed sent, and frames that hold none: everything that was received.',
  ],
  [
    'feed.late',
    'late',
    'rows',
    'Rows of the feed for a window that had closed already; they are in no bar.',
  ],
  [
    'feed.duplicate',
    'duplicates',
    'rows',
    'Rows of the feed whose id is not above the last one of their symbol; they are in no bar.',
  ],
  [
    'feed.missing',
    'missing',
    'rows',
    'Ids of the feed that never came, by the ids before and behind them.',
  ],
  ['feed.gaps', 'gaps', 'events', 'Places at which ids of the feed are missing.'],
  [
    'feed.implausible',
    'implausible',
    'rows',
    'Rows of the feed stamped more than a second ahead of its clock; they are in no bar.',
  ],
  [
    'feed.dropped',
    'dropped',
    'rows',
    'Rows of the feed that found the queue before the coordinator full; they are in no bar.',
  ],
  [
    'feed.bad',
    'bad frames',
    'rows',
    'Frames of the feed, or rows in them, that could not be read.',
  ],
  [
    'feed.other',
    'other frames',
    'rows',
    'Frames of the feed that hold no row of the kind that is read, and rows between sessions.',
  ],
  [
    'feed.discarded',
    'discarded',
    'rows',
    'Rows of the feed that waited for the coordinator when the run was stopped at once.',
  ],
  ['feed.reconnects', 'reconnects', 'events', 'Connections of the feed after the first one.'],
  [
    'feed.lagP99Ms',
    'p99 lag',
    'milliseconds',
    'Of 100 rows, 99 came no later than this behind the fastest one of the last minutes; within 1 %.',
  ],
  [
    'feed.skewMs',
    'skew',
    'milliseconds',
    "By how much the source's clock is ahead of the local one, less the smallest delay of the last minutes.",
  ],
] as const satisfies readonly CounterRow[];
