import type { EdgeReport, StageReport } from '../report';
import { duration, grouped, percent } from '../report/format';
import { denominator } from '../report/renderGuide';
import type { Status, StatusName } from './status';

export const STATE_TEXTS: Readonly<Record<StatusName, string>> = {
  running: 'running',
  paused: 'paused',
  done: 'finished',
  stopped: 'stopped before its end',
  failed: 'failed',
  interrupted: 'interrupted: its process is gone, and did not come to the end',
};

export function modeText({ mode, speed, time }: Pick<Status, 'mode' | 'speed' | 'time'>): string {
  const pace = mode === 'clock' ? `clock-driven at speed ${grouped(speed)}` : 'data-driven';
  return `${pace}, ${time === 'wall' ? 'wall clock' : 'simulated time'}`;
}

export const edgeText = (edge: EdgeReport, items: string): string =>
  `${grouped(edge.backpressure)} events of ${grouped(denominator(edge))} ${items} ` +
  `(${percent(edge.share)}): burst ${grouped(edge.burst)}, behind ${grouped(edge.behind)} ` +
  `(${percent(edge.behindShare)}), overruns ${grouped(edge.overruns)}`;

export const stageText = ({ busyShare, idleShare, blockedShare }: StageReport): string =>
  `busy ${percent(busyShare)} | idle ${percent(idleShare)} | blocked ${percent(blockedShare)}`;

/** "of the market, ETA 4.2 min"; of the input, where the market's end is not known. */
export function progressOf({ marketProgress, etaSeconds }: Status): string {
  if (marketProgress === undefined) return 'of the input';
  return etaSeconds === undefined
    ? 'of the market'
    : `of the market, ETA ${duration(etaSeconds * 1_000)}`;
}

export const progressText = (status: Status): string =>
  `${percent(status.marketProgress ?? status.progress)} ${progressOf(status)}`;
