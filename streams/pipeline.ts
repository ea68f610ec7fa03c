import { Subject } from 'rxjs';
import { checkOptionNames } from '../operators/kernel/optionNames';
import { workMailbox } from '../operators/kernel/mailbox';
import type { Bar, Signal } from './bars/bar';
import { Feed } from './bars/feed';
import { leadInStart } from './bars/leadInStart';
import { History } from './bars/history';
import type { Interval } from './bars/interval';
import type { RowSource } from './bars/rows';
import { joinWishes, NO_TICKS, withTicks } from './bars/tickSeries';
import { Controls } from './engine/controls';
import type { RunParts } from './engine/engine';
import { localEngine } from './engine/localEngine';
import { PipelineRun } from './engine/pipelineRun';
import type { Pipeline } from './engine/pipelineRun';
import type { PipelineEvent } from './events';
import { checkOptions, checkSources, PIPELINE_OPTIONS } from './pipelineOptions';
import type { PipelineOptions } from './pipelineOptions';
import { makeStrategies } from './strategies/makeStrategies';
import { wishesOf } from './strategies/wrapStrategy';
import { StageWorkers } from './threads/stageWorkers';
import { threadedEngine } from './threads/threadedEngine';

export type { Outcome, Pipeline } from './engine/pipelineRun';

/**
 * The whole is a function of its sources, options, scheduler and stopwatch.
 *
 * Throws an `OptionError` where the options make no sense.
 */
export function pipeline(sources: readonly RowSource[], options: PipelineOptions = {}): Pipeline {
  checkOptionNames('pipeline', options, PIPELINE_OPTIONS);
  const intervals = checkOptions(options);
  checkSources(sources, intervals[0] as Interval);
  const { mode = 'clock', speed = 1, threads, from, to, symbols } = options;
  const strategies = makeStrategies(options.strategies ?? [], intervals);
  const wishes =
    threads === undefined
      ? wishesOf(strategies)
      : joinWishes((threads.strategies ?? []).map((one) => one.wishes ?? NO_TICKS));
  const series = withTicks(intervals, wishes);
  const workers = threads && new StageWorkers(series, { ...options, threads });
  const history = new History(series, options.history);
  const leadFrom = leadInStart(options, intervals);
  const session = { leadFrom, moments: wishes.moments, from, to, symbols };
  const parts: RunParts = {
    leadFrom,
    feed: new Feed(sources, workers?.writer ?? history, session, options.stopwatch),
    controls: new Controls(mode, speed),
    mailbox: workMailbox(),
    events: new Subject<PipelineEvent>(),
    bars: new Subject<Bar>(),
    signals: new Subject<Signal>(),
    options,
  };
  const engine =
    workers === undefined
      ? localEngine(history, strategies, parts)
      : threadedEngine(workers, parts);
  return new PipelineRun(engine, parts, wishes);
}
