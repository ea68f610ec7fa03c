import type { Draft } from 'immer';
import type { Mode, PipelineEvent } from '../../streams/events';
import { increment } from './increment';
import { nothingCounted } from './initialState';
import type { BarsState, MetricsState } from './state';

type EventOf<T extends PipelineEvent['type']> = Extract<PipelineEvent, { readonly type: T }>;

const MODES_KEPT = 100;

function enterMode(draft: Draft<MetricsState>, mode: Mode, at: number): void {
  const { run } = draft;
  run.mode = mode;
  run.modeSince = at;
  run.modes.push({ mode, from: at });
  if (run.modes.length > MODES_KEPT) run.modes.shift();
}

export function started(draft: Draft<MetricsState>, event: EventOf<'started'>): void {
  const { configuration } = event;
  const { topology } = configuration;
  if (topology !== undefined) {
    const counts = nothingCounted(topology);
    Object.assign(draft, counts as Draft<typeof counts>);
  }
  draft.run.configuration = configuration as Draft<typeof configuration>;
  draft.run.phase = 'running';
  draft.run.startedAt = event.wallTime;
  draft.run.wallTime = event.wallTime;
  draft.run.speed = configuration.speed;
  enterMode(draft, configuration.mode, event.at);
}

export function modeChanged(
  draft: Draft<MetricsState>,
  { mode, at }: EventOf<'mode'>,
  { run }: MetricsState,
): void {
  if (mode === run.mode) return;
  draft.run.earlierMs[run.mode] += Math.max(0, at - run.modeSince);
  enterMode(draft, mode, at);
}

export function speedChanged(
  draft: Draft<MetricsState>,
  { speed }: EventOf<'speed'>,
  { run }: MetricsState,
): void {
  if (speed === run.speed) return;
  draft.run.speed = speed;
  draft.run.speedChanges += 1;
}

export function paused(draft: Draft<MetricsState>): void {
  draft.run.phase = 'paused';
}

export function resumed(draft: Draft<MetricsState>): void {
  draft.run.phase = 'running';
}

export function held(
  draft: Draft<MetricsState>,
  { ms }: EventOf<'held'>,
  { run }: MetricsState,
): void {
  draft.run.heldMs = run.heldMs + ms;
}

export function conditionsKnown(
  draft: Draft<MetricsState>,
  { runQueueShare, gcShare }: EventOf<'conditions'>,
): void {
  draft.conditions = { runQueueShare, gcShare };
}

export function speedsKnown(
  draft: Draft<MetricsState>,
  { type: _type, at: _at, ...speeds }: EventOf<'speeds'>,
): void {
  draft.speeds = speeds as Draft<typeof speeds>;
}

export function finished(draft: Draft<MetricsState>, event: EventOf<'finished'>): void {
  draft.run.phase = 'finished';
  draft.run.outcome = event.outcome;
  draft.run.wallTime = event.wallTime;
  if (event.error !== undefined) draft.run.error = event.error;
  if (event.startupMs !== undefined) draft.run.startupMs = event.startupMs;
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
export function ingested(
  draft: Draft<MetricsState>,
  event: EventOf<'ingested'>,
  before: MetricsState,
): void {
  for (const counter of BAR_COUNTERS) {
    if (event[counter] === 0) continue;
    draft.bars[counter] = increment(draft, `bars.${counter}`, before.bars[counter], event[counter]);
  }
  if (event.symbols.length > 0) draft.market.symbols.push(...event.symbols);
  if (event.marketStart !== undefined) draft.market.start = event.marketStart;
  if (event.marketTime !== undefined) draft.market.time = event.marketTime;
  draft.market.progress = event.progress;
}
