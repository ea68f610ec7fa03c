import { OptionError } from '../operators';
import type { OptionNames } from '../operators/kernel/optionNames';
import { checkOptions } from '../streams';
import type { PipelineOptions, Strategy, StrategyFactory, ThreadsOptions } from '../streams';
import { PIPELINE_OPTIONS } from '../streams/pipelineOptions';
import { DEMAND } from '../streams/threads/threadsOptions';
import type { RunSetup, TimingRecorder } from './journal';
import { isReference, loadStrategies, textOf, threadStrategies } from './strategies';
import type { StrategyReference } from './strategies';
import { strategySetups } from './strategies/strategySetups';

export interface ReplayOptions extends Omit<PipelineOptions, 'strategies' | 'threads'> {
  /** Strategies, how to make them anew for each run, or their modules: with threads, modules alone. */
  readonly strategies?: readonly (Strategy | StrategyFactory | StrategyReference)[];
  /** Processor and analysis run in worker threads of their own, on the wall clock. */
  readonly threads?: boolean | Omit<ThreadsOptions, 'strategies'>;
  /** False: what each item cost is not kept, and the report says nothing of speeds. True unless given. */
  readonly recordTimings?: boolean;
  /** Names the run; made of the time and chance unless given. */
  readonly id?: string;
}

/** Every option of `replay`. */
export const REPLAY_OPTIONS: OptionNames<ReplayOptions> = {
  ...PIPELINE_OPTIONS,
  recordTimings: true,
  id: true,
};

/** Whether service times say something of this machine: neither a stopwatch nor both stages' times are given. */
export const isMeasured = ({ stopwatch, serviceTimes = {} }: Partial<ReplayOptions>): boolean =>
  stopwatch === undefined &&
  (serviceTimes.processor === undefined || serviceTimes.analysis === undefined);

/** The run's own recorder, beside the meter that was given. */
export function withMeter(
  options: PipelineOptions,
  recorder: TimingRecorder | undefined,
): PipelineOptions {
  const { itemMeter: given } = options;
  if (recorder === undefined) return options;
  if (given === undefined) return { ...options, itemMeter: recorder };
  return {
    ...options,
    itemMeter: {
      onProcessed: (item, took) => {
        recorder.onProcessed(item, took);
        given.onProcessed(item, took);
      },
      onHandOver: (update) => {
        recorder.onHandOver(update);
        given.onHandOver(update);
      },
      onCharge: (strategy, took) => {
        recorder.onCharge(strategy, took);
        given.onCharge(strategy, took);
      },
      onAwaited: (ms) => {
        recorder.onAwaited(ms);
        given.onAwaited?.(ms);
      },
      onDropped: (item, stage) => {
        recorder.onDropped(item, stage);
        given.onDropped?.(item, stage);
      },
      onAnalyzed: (update, took) => {
        recorder.onAnalyzed(update, took);
        given.onAnalyzed(update, took);
      },
    },
  };
}

/** Modules become strategies here, or in the thread in which they are to run. */
export function pipelineOptions(options: ReplayOptions): PipelineOptions {
  const { threads = false, strategies = [], ...others } = options;
  const rest = Object.fromEntries(
    Object.entries(others).filter(([name]) => Object.hasOwn(PIPELINE_OPTIONS, name)),
  ) as PipelineOptions;
  const references = strategies.filter(isReference);
  const intervals = references.length === 0 ? [] : checkOptions(rest).map(({ name }) => name);
  const texts = references.map(textOf);
  if (threads === false) {
    const loaded = loadStrategies(texts, intervals).values();
    return {
      ...rest,
      strategies: strategies.map((strategy) =>
        isReference(strategy) ? (loaded.next().value as StrategyFactory) : strategy,
      ),
    };
  }
  const own = strategies.find((strategy) => !isReference(strategy));
  if (own !== undefined) {
    throw new OptionError(
      'strategies',
      'name' in own ? own.name : own,
      'given as { module, parameters }: with threads, a strategy is made in the thread that runs it',
    );
  }
  const given = threads === true ? {} : threads;
  return { ...rest, threads: { ...given, strategies: threadStrategies(texts, intervals) } };
}

/** How many items each gate between threads lets through ahead. */
export const demandOf = (threads: ReplayOptions['threads']): number =>
  (typeof threads === 'object' ? threads.demand : undefined) ?? DEMAND;

/** Values in code that are no text of a journal. */
const NOT_RECORDED: readonly string[] = [
  ...['strategies', 'scheduler', 'stopwatch', 'callMonitor', 'itemMeter', 'serviceTimes', 'id'],
];

/** What a run was made of, in as far as that can be written down. */
export function setupOf(options: ReplayOptions, names: readonly string[]): RunSetup {
  const { strategies = [] } = options;
  const kept = Object.entries(options).filter(([name]) => !NOT_RECORDED.includes(name));
  return {
    options: JSON.parse(JSON.stringify(Object.fromEntries(kept))) as RunSetup['options'],
    strategies: strategySetups(
      strategies.map((strategy) => (isReference(strategy) ? strategy : undefined)),
      names,
    ),
  };
}
