import type { Mode, PipelineEvent, ThreadPart } from '../../streams/events';
import { deepFreeze } from './deepFreeze';
import { increment } from './increment';
import { nothingCounted } from './initialState';
import type { BarsState } from './state';
import type { StateDraft } from './stateDraft';

type EventOf<T extends PipelineEvent['type']> = Extract<PipelineEvent, { readonly type: T }>;

const MODES_KEPT = 100;

const runOf = (draft: StateDraft) => draft.own(draft.root, 'run');

function enterMode(draft: StateDraft, mode: Mode, at: number): void {
  const run = runOf(draft);
  run.mode = mode;
  run.modeSince = at;
  run.modes = Object.freeze([...run.modes, Object.freeze({ mode, from: at })].slice(-MODES_KEPT));
}

export function started(draft: StateDraft, event: EventOf<'started'>): void {
  const { configuration, wallTime } = event;
  const { topology } = configuration;
  if (topology !== undefined) {
    Object.assign(draft.root, deepFreeze(nothingCounted(topology)));
    draft.forgetNames();
  }
  const run = runOf(draft);
  run.configuration = deepFreeze(configuration);
  run.phase = 'running';
  run.startedAt = wallTime;
  run.wallTime = wallTime;
  run.speed = configuration.speed;
  enterMode(draft, configuration.mode, event.at);
}

export function modeChanged(draft: StateDraft, { mode, at }: EventOf<'mode'>): void {
  const run = runOf(draft);
  if (mode === run.mode) return;
  draft.own(run, 'earlierMs')[run.mode] += Math.max(0, at - run.modeSince);
  enterMode(draft, mode, at);
}

export function speedChanged(draft: StateDraft, { speed }: EventOf<'speed'>): void {
  const run = runOf(draft);
  if (speed === run.speed) return;
  run.speed = speed;
  run.speedChanges += 1;
}

export function paused(draft: StateDraft): void {
  runOf(draft).phase = 'paused';
}

export function resumed(draft: StateDraft): void {
  runOf(draft).phase = 'running';
}

export function held(draft: StateDraft, { ms }: EventOf<'held'>): void {
  runOf(draft).heldMs += ms;
}

/** Where the time of the coordinator's thread went. */
export function timeSpent(draft: StateDraft, { ms }: EventOf<'spent'>): void {
  const sums = draft.own(draft.root, 'threadMs');
  for (const [part, more] of Object.entries(ms) as [ThreadPart, number][]) {
    sums[part] = (sums[part] ?? 0) + more;
  }
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
  const run = runOf(draft);
  run.phase = 'finished';
  run.outcome = event.outcome;
  run.wallTime = event.wallTime;
  if (event.error !== undefined) run.error = event.error;
  if (event.startupMs !== undefined) run.startupMs = event.startupMs;
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
  market.progress = event.progress;
}
