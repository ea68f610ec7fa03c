import type { CounterRow } from './metricDescriptor';

/** A strategy: its calls, what came of them, and what they cost. */
export const STRATEGY_COUNTERS = [
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
] as const satisfies readonly CounterRow[];
