import { tap } from 'rxjs';
import { VirtualClock, WallClock } from '../../operators';
import type { Clock } from '../../operators';
import { stopwatch as realTime } from '../../operators/kernel/stopwatch';
import type { Signal } from '../bars/bar';
import type { History } from '../bars/history';
import type { PipelineOptions } from '../pipelineOptions';
import type { Strategy } from '../strategies/strategy';
import { StrategyRunner } from '../strategies/strategyRunner';
import { STAGE_TIMEOUT } from '../threads/threadsOptions';
import { chooseEngine } from './chooseEngine';
import type { Engine, RunParts } from './engine';

/** All stages in this thread: on the scheduler that was given, or on the clock that the options ask for. */
export function localEngine(
  history: History,
  strategies: readonly Strategy[],
  parts: RunParts,
): Engine {
  const { bars, options } = parts;
  const { timings = true, strict = false, stopwatch = realTime, itemMeter } = options;
  const runner = new StrategyRunner(history, strategies, {
    stopwatch: timings ? stopwatch : undefined,
    strict,
    stageTimeout: options.stageTimeout ?? STAGE_TIMEOUT,
    callMonitor: options.callMonitor,
    onCharge: itemMeter?.onCharge.bind(itemMeter),
  });
  return {
    strategies: strategies.map(({ name }) => name),
    bars$: bars.asObservable(),
    open() {
      const scheduler = options.scheduler ?? clockFor(options);
      const flow = chooseEngine({ ...parts, history, runner, scheduler, stopwatch });
      const counted = tap<Signal>(() => {
        runner.onSignal();
      });
      return { ...flow, scheduler, signals$: flow.signals$.pipe(counted) };
    },
    close: () => undefined,
  };
}

const clockFor = ({ time = 'simulated' }: PipelineOptions): Clock =>
  time === 'wall' ? new WallClock() : new VirtualClock();
