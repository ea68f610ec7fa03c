import type { CounterRow } from './metricDescriptor';

/** The run as a whole: its clock, the bars made of its rows, and the signals. */
export const RUN_COUNTERS = [
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
    'Number of threads that the stages ran in: 3 if each had its own, else 1.',
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
    'run.leadIn.ticks',
    'lead-in ticks',
    'ticks',
    'Rows before the session that strategies were given as history; they are counted nowhere else.',
  ],
  ['run.leadIn.baseBars', 'lead-in bars', 'bars', 'Base bars of the history before the session.'],
  [
    'run.leadIn.signals',
    'lead-in signals',
    'signals',
    'Signals of strategies in the history before the session, which were not output.',
  ],
  [
    'run.leadIn.errors',
    'lead-in errors',
    'errors',
    'Errors of strategies in the history before the session.',
  ],
  [
    'run.leadIn.ms',
    'lead-in time',
    'milliseconds',
    "Time that the history before the session took, before the run's clock began.",
  ],
  [
    'run.marketSeconds',
    'market time',
    'seconds',
    'Market time from the first row to the latest release.',
  ],
  [
    'run.clockSeconds',
    'run time',
    'seconds',
    "Time on the run's own clock, pauses left out: what the busy, blocked and idle shares are taken of.",
  ],
  [
    'run.openingMs',
    'opening',
    'milliseconds',
    "Time until the first rows were there; it is no bar's service time.",
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
] as const satisfies readonly CounterRow[];
