import { OptionError } from '../../operators';
import type { ThreadStrategy } from './moduleReference';
import type { ThreadInstrumentReference } from './threadInstrument';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

/** Runs processor and analysis in worker threads of their own. */
export interface ThreadsOptions {
  /** Instead of `PipelineOptions.strategies`: functions cannot cross to another thread. */
  readonly strategies?: readonly ThreadStrategy[];
  /** Milliseconds that a stage may be at one item before it counts as hanging; 60,000 unless given, Infinity: for ever. */
  readonly stageTimeout?: number;
  /**
   * Data-driven: how many items an edge lets its consumer be behind before the gate holds; 1,024
   * unless given. A thread that has nothing to do sleeps, and waking it costs more than a small
   * item, so it is woken once for half of them. Counts do not depend on it, blocked time does: a
   * stage is blocked when no credit is left.
   */
  readonly demand?: number;
  /** For measurements: callbacks inside the three threads. */
  readonly instrument?: ThreadInstrumentReference;
}

/** The options that do not go with threads, or not in every form. */
interface WithThreads {
  readonly threads?: ThreadsOptions;
  readonly time?: string;
  readonly strategies?: readonly unknown[];
  readonly scheduler?: unknown;
  readonly stopwatch?: unknown;
  readonly serviceTimes?: object;
}

const THREADS_OPTIONS: OptionNames<ThreadsOptions> = {
  strategies: true,
  stageTimeout: true,
  demand: true,
  instrument: true,
};

export const STAGE_TIMEOUT = 60_000;
export const DEMAND = 1_024;

/** Throws an `OptionError` for what does not go together with threads. */
export function checkThreads(options: WithThreads): void {
  const { threads, time, strategies = [], scheduler, stopwatch } = options;
  if (threads === undefined) return;
  checkOptionNames('threads', threads, THREADS_OPTIONS);
  const { serviceTimes = {} } = options;
  if (time === 'simulated') {
    throw new OptionError(
      'time',
      time,
      'wall: with threads the stages really run beside each other',
    );
  }
  if (strategies.length > 0) {
    throw new OptionError(
      'strategies',
      strategies,
      'given as modules: a function cannot cross to the thread in which it is to run',
    );
  }
  const given = Object.entries({ scheduler, stopwatch }).find(([, value]) => value !== undefined);
  if (given !== undefined) {
    throw new OptionError(given[0], given[1], 'left out: it cannot cross to other threads');
  }
  for (const [stage, declared] of Object.entries(serviceTimes) as [string, unknown][]) {
    if (typeof declared !== 'function') continue;
    throw new OptionError(`serviceTimes.${stage}`, declared, 'a number of milliseconds');
  }
  const { stageTimeout = STAGE_TIMEOUT, demand = DEMAND } = threads;
  if (!Number.isInteger(demand) || demand < 1) {
    throw new OptionError('threads.demand', demand, 'a whole number of items, at least 1');
  }
  if (!(stageTimeout > 0)) {
    throw new OptionError('stageTimeout', stageTimeout, 'a positive number of milliseconds');
  }
}
