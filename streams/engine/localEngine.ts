import { tap } from 'rxjs';
import { VirtualClock, WallClock } from '../../operators';
import type { Clock } from '../../operators';
import { stopwatch as realTime } from '../../operators/kernel/stopwatch';
import type { Signal } from '../bars/bar';
import type { History } from '../bars/history';
import type { PipelineOptions } from '../pipelineOptions';
import type { Strategy } from '../strategies/strategy';
import { StrategyRunner } from '../strategies/strategyRunner';
import { hears } from '../strategies/wakeLists';
import { MomentCalls } from '../strategies/momentCalls';
import { wishesOf } from '../strategies/wrapStrategy';
import { NO_MOMENTS, wantsMoments } from '../bars/moments';
import type { Interval } from '../bars/interval';
import { STAGE_TIMEOUT } from '../threads/threadsOptions';
import { chooseEngine } from './chooseEngine';
import type { Engine, Flow, RunParts } from './engine';
import { LeadIn, LeadInStrategies, localStages } from './leadIn';
import type { LeadInEvent } from './leadIn';
import { processing } from './processor';

/** All stages in this thread: on the scheduler that was given, or on the clock that the options ask for. */
export function localEngine(
  history: History,
  strategies: readonly Strategy[],
  parts: RunParts,
): Engine {
  const { feed, bars, options, leadFrom } = parts;
  const { timings = true, strict = false, stopwatch = realTime, itemMeter } = options;
  const { intervals } = history;
  const passesOn = wantsMoments(wishesOf(strategies).moments ?? NO_MOMENTS);
  const runnerOptions = {
    moments: new MomentCalls(strategies, intervals[0] as Interval, hears),
    strict,
    stageTimeout: options.stageTimeout ?? STAGE_TIMEOUT,
    callMonitor: options.callMonitor,
  };
  const runner = new StrategyRunner(history, strategies, {
    ...runnerOptions,
    stopwatch: timings ? stopwatch : undefined,
    onCharge: itemMeter?.onCharge.bind(itemMeter),
  });
  const process = processing(history, passesOn);
  const begin = (event?: LeadInEvent): Flow => {
    const scheduler = options.scheduler ?? clockFor(options);
    const flow = chooseEngine({
      ...parts,
      history,
      process,
      passesOn,
      runner,
      scheduler,
      stopwatch,
    });
    const counted = tap<Signal>(() => {
      runner.onSignal();
    });
    return { ...flow, scheduler, signals$: flow.signals$.pipe(counted), leadIn: event };
  };
  let closeLeadIn = (): void => undefined;
  return {
    strategies: strategies.map(({ name }) => name),
    bars$: bars.asObservable(),
    open() {
      if (leadFrom === undefined) return begin();
      const hearing = new LeadInStrategies(history, strategies, runnerOptions);
      const leadIn = new LeadIn(feed, leadFrom, localStages(process, hearing));
      closeLeadIn = () => {
        hearing.close();
        leadIn.close();
      };
      const event = leadIn.run();
      const opened = event instanceof Promise ? event.then(begin) : begin(event);
      return opened;
    },
    close: () => {
      closeLeadIn();
      return undefined;
    },
  };
}

const clockFor = ({ time = 'simulated' }: PipelineOptions): Clock =>
  time === 'wall' ? new WallClock() : new VirtualClock();
