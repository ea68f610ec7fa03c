import { produce } from 'immer';
import type { Draft } from 'immer';
import type { Mode, PipelineEvent, ThreadPart } from '../../streams/events';
import { deepFreeze } from './deepFreeze';
import { increment } from './increment';
import { nothingCounted } from './initialState';
import type { BarsState, RunState } from './state';
import type { StateDraft } from './stateDraft';

type EventOf<T extends PipelineEvent['type']> = Extract<PipelineEvent, { readonly type: T }>;

const MODES_KEPT = 100;

/** What changes seldom, changes through immer: the recipe mutates a draft, frozen plain data comes out. */
function changeRun(draft: StateDraft, recipe: (run: Draft<RunState>) => void): void {
  draft.root.run = produce(draft.root.run, recipe);
}

function enterMode(run: Draft<RunState>, mode: Mode, at: number): void {
  run.mode = mode;
  run.modeSince = at;
  run.modes.push({ mode, from: at });
  if (run.modes.length > MODES_KEPT) run.modes.shift();
}

export function started(draft: StateDraft, event: EventOf<'started'>): void {
  const { configuration, wallTime } = event;
  const { topology } = configuration;
  if (topology !== undefined) {
    Object.assign(draft.root, deepFreeze(nothingCounted(topology)));
    draft.forgetNames();
  }
  changeRun(draft, (run) => {
    run.configuration = configuration as Draft<typeof configuration>;
    run.phase = 'running';
    run.startedAt = wallTime;
    run.wallTime = wallTime;
    run.speed = configuration.speed;
    enterMode(run, configuration.mode, event.at);
  });
}

export function modeChanged(draft: StateDraft, { mode, at }: EventOf<'mode'>): void {
  changeRun(draft, (run) => {
    if (mode === run.mode) return;
    run.earlierMs[run.mode] += Math.max(0, at - run.modeSince);
    enterMode(run, mode, at);
  });
}

export function speedChanged(draft: StateDraft, { speed }: EventOf<'speed'>): void {
  changeRun(draft, (run) => {
    if (speed === run.speed) return;
    run.speed = speed;
    run.speedChanges += 1;
  });
}

export function paused(draft: StateDraft): void {
  changeRun(draft, (run) => {
    run.phase = 'paused';
  });
}

export function resumed(draft: StateDraft): void {
  changeRun(draft, (run) => {
    run.phase = 'running';
  });
}

export function ledIn(draft: StateDraft, event: EventOf<'leadIn'>): void {
  const { from, rows, base, signals, errors, error, ms } = event;
  changeRun(draft, (run) => {
    run.leadIn = {
      ...{ from, rows, base, signals, errors, ms },
      ...(error === undefined ? {} : { error }),
    };
  });
}

export function held(draft: StateDraft, { ms }: EventOf<'held'>): void {
  changeRun(draft, (run) => {
    run.heldMs += ms;
  });
}

/** While a run is paused or held, the time of its mode does not count. */
export function timePaused(draft: StateDraft, ms: number): void {
  changeRun(draft, (run) => {
    run.pausedMs[run.mode] += ms;
  });
}

/** Where the time of the coordinator's thread went. */
export function timeSpent(draft: StateDraft, { ms }: EventOf<'spent'>): void {
  const sums = draft.own(draft.root, 'threadMs');
  for (const [part, more] of Object.entries(ms) as [ThreadPart, number][]) {
    sums[part] = (sums[part] ?? 0) + more;
  }
}

/** What a stage's thread did beside its services. */
export function handedOver(draft: StateDraft, { ms }: EventOf<'handedOver'>): void {
  draft.root.handOverMs += ms;
}

export function conditionsKnown(
  draft: StateDraft,
  { runQueueShare, gcShare }: EventOf<'conditions'>,
): void {
  draft.root.conditions = Object.freeze({ runQueueShare, gcShare });
}

export function speedsKnown(
  draft: StateDraft,
  { type: _type, at: _at, ...speeds }: EventOf<'speeds'>,
): void {
  draft.root.speeds = deepFreeze(speeds);
}

export function finished(draft: StateDraft, event: EventOf<'finished'>): void {
  changeRun(draft, (run) => {
    run.phase = 'finished';
    run.outcome = event.outcome;
    run.wallTime = event.wallTime;
    if (event.error !== undefined) run.error = event.error;
    if (event.startupMs !== undefined) run.startupMs = event.startupMs;
  });
}

const BAR_COUNTERS = [
  'ticks',
  'base',
  'derived',
  'late',
  'outOfOrder',
  'badRows',
] as const satisfies readonly (keyof BarsState)[];

/** Rows were read and bars built. */
export function ingested(draft: StateDraft, event: EventOf<'ingested'>): void {
  const bars = draft.own(draft.root, 'bars');
  for (const counter of BAR_COUNTERS) {
    if (event[counter] === 0) continue;
    bars[counter] = increment(draft, `bars.${counter}`, bars[counter], event[counter]);
  }
  const market = draft.own(draft.root, 'market');
  draft.append(market, 'symbols', event.symbols);
  if (event.marketStart !== undefined) market.start = event.marketStart;
  if (event.marketTime !== undefined) market.time = event.marketTime;
  if (event.marketEnd !== undefined) market.end = event.marketEnd;
  market.progress = event.progress;
}
