import { forEveryEdge, STANDARD_TOPOLOGY } from '../../streams/topology';
import { filter } from 'rxjs';
import type { Observable } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import type { EdgeEvent } from '../../operators';
import type {
  DeclaredServiceTime,
  EdgeName,
  Mode,
  PipelineEvent,
  PipelineOptions,
} from '../../streams';
import { parseInterval } from '../../streams/bars/interval';
import { replay } from '../replay';
import type { ReplayOptions, Run } from '../replay';

import type { MarbleBars } from './barsOf';
import { parseLetters } from './parse';
import { marketTimeOfFrame, sourceOf } from './sourceOf';
import { analysisTime, atOnce } from './strategies';

/** Options of `replay` that a marble test states itself, or states in its own way. */
export type StatedByMarbles =
  | 'scheduler'
  | 'stopwatch'
  | 'time'
  | 'timings'
  | 'from'
  | 'to'
  | 'batch'
  | 'mode'
  | 'strategies'
  | 'threads'
  | 'serviceTimes';

export interface MarbleReplayOptions extends Omit<ReplayOptions, StatedByMarbles> {
  /** `clock`, `data`, or marbles of `c` and `d` that switch between them; `clock` at first unless they say otherwise. */
  readonly mode?: string;
  readonly strategies?: PipelineOptions['strategies'];
  /** Frames that a stage takes for an item, none unless given. Analysis: in all, or by strategy. */
  readonly serviceTimes?: {
    readonly processor?: DeclaredServiceTime;
    readonly analysis?: DeclaredServiceTime | Readonly<Record<string, number>>;
  };
}

/** A replay under the test's scheduler. It starts in frame 0, after all that the test subscribes there. */
export interface MarbleRun extends Run {
  /** What happens on each edge, an event for each occurrence. */
  readonly edges: Readonly<Record<EdgeName, Observable<EdgeEvent>>>;
}

/** How a run ended, as far as it has. */
export interface Ending {
  readonly outcome?: 'done' | 'stopped' | 'failed';
  readonly error?: string;
}

/** A run, and how to look whether it has ended. */
export function marbleReplay(
  bars: MarbleBars,
  options: MarbleReplayOptions,
  scheduler: TestScheduler,
): { readonly run: MarbleRun; readonly ending: () => Ending } {
  const { mode, serviceTimes, strategies = [], speed = 1, ...others } = options;
  const base = parseInterval(options.bars ?? '1m', 'bars');
  const frame = marketTimeOfFrame(base.length);
  const modes = modesOf(mode ?? 'c');
  const made = strategies.map((strategy) => atOnce(strategy));
  const analysis = analysisTime(serviceTimes?.analysis, made);
  const run = replay(sourceOf(bars, base), {
    strict: true,
    ...others,
    from: 0,
    ...(bars.end === undefined || bars.end === 0 ? {} : { to: bars.end * frame }),
    mode: modes[0]?.frame === 0 ? modes[0].mode : 'clock',
    speed: (speed * frame) / 1_000,
    strategies: made,
    serviceTimes: {
      processor: serviceTimes?.processor ?? 0,
      ...(analysis === undefined ? {} : { analysis }),
    },
    scheduler,
    stopwatch: () => scheduler.now(),
    batch: { count: 1 },
  });
  for (const { frame: at, mode: next } of modes) {
    if (at > 0)
      scheduler.schedule(() => {
        run.setMode(next);
      }, at);
  }
  // The test hears of a failure at the end; anyone who wants the promise still gets it.
  run.done.catch(() => undefined);
  let ending: Ending = {};
  run.events$.subscribe({
    next: (event) => {
      if (event.type === 'finished') ending = event;
    },
    error: (error: unknown) => {
      ending = { outcome: 'failed', error: String(error) };
    },
  });
  const edge = (name: EdgeName): Observable<EdgeEvent> => run.events$.pipe(filter(isOn(name)));
  return {
    run: {
      ...run,
      start() {
        run.start();
        return this;
      },
      setSpeed: (next) => {
        run.setSpeed((next * frame) / 1_000);
      },
      edges: forEveryEdge(STANDARD_TOPOLOGY, edge),
    },
    ending: () => ending,
  };
}

const isOn =
  (name: EdgeName) =>
  (event: PipelineEvent): event is EdgeEvent =>
    'edge' in event && event.edge === name && event.type !== 'lateness';

function modesOf(marbles: string): { readonly frame: number; readonly mode: Mode }[] {
  if (marbles === 'clock' || marbles === 'data') return [{ frame: 0, mode: marbles }];
  const marks = parseLetters('mode', marbles, { c: 'clock-driven', d: 'data-driven' });
  return marks.map(({ frame, letter }) => ({ frame, mode: letter === 'c' ? 'clock' : 'data' }));
}
