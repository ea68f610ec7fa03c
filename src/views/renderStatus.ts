import { named, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { TopologyStage } from '../../streams/topology';
import { edgesOf } from '../metrics';
import type { EdgeDescription } from '../metrics';
import { paintWith } from '../report/paint';
import type { Paint } from '../report/paint';
import { grouped, milliseconds } from '../report/format';
import { feedLines } from '../report/renderFeed';
import { terminalSafe } from '../report/terminalText';
import { withNote } from '../report/verdict/confidence';
import { wrap } from '../report/wrap';
import { edgeText, modeText, progressText, stageText, STATE_TEXTS } from './texts';
import type { Status } from './status';

export interface ViewOptions {
  /** Colors for a terminal. Default: none. */
  readonly color?: boolean;
  /** Where sentences are broken into lines. Default: 100. */
  readonly width?: number;
}

/** The state, for people. A pure function of its arguments; `now` is epoch milliseconds. */
export function renderStatus(
  found: Status,
  now: number,
  { color = false, width = 100 }: ViewOptions = {},
): string {
  const paint = paintWith(color);
  const status = terminalSafe(found);
  const { topology = STANDARD_TOPOLOGY } = status;
  return [
    paint.heading(`Run ${status.id}`),
    ...runLines(status, now, paint),
    '',
    paint.heading('Edges'),
    ...edgesOf(topology).flatMap((edge) => edgeLines(status, edge, paint)),
    '',
    paint.heading('Stages'),
    ...topology.map((place) => stageLine(status, place)),
    '',
    ...(status.feed === undefined
      ? []
      : [paint.heading('Feed'), ...feedLines(status.feed).map((line) => `  ${line}`), '']),
    paint.heading('Warnings'),
    ...(status.warnings.length === 0
      ? ['  none']
      : status.warnings.map((warning) => paint.warning(`  ${warning}`))),
    '',
    paint.heading('Verdict'),
    ...wrap(withNote(status.verdict), width, '  '),
  ].join('\n');
}

function runLines(status: Status, now: number, paint: Paint): string[] {
  const ago = Math.max(0, now - Date.parse(status.heardAt)) / 1000;
  const heard = status.state === 'running' ? `, the last one ${ago.toFixed(1)} s ago` : '';
  const error = status.error === undefined ? '' : `: ${status.error}`;
  const painted = paintOfState(status.state, paint);
  return [
    `  State:       ${painted(STATE_TEXTS[status.state])}${error}`,
    ...(status.mergedOf === undefined
      ? []
      : [`  Merged of:   ${status.mergedOf} runs, each a pipeline with its own stages`]),
    `  Mode:        ${modeText(status)}`,
    `  Market time: ${status.marketTime ?? 'before the first bar'}`,
    `  Progress:    ${progressText(status)}`,
    `  Started:     ${status.startedAt}`,
    `  Journal:     ${grouped(status.events)} events${heard}`,
  ];
}

function paintOfState(state: Status['state'], paint: Paint): (text: string) => string {
  if (state === 'done') return paint.good;
  return state === 'failed' || state === 'interrupted' ? paint.alarm : paint.heading;
}

function edgeLines(status: Status, { name, label, items }: EdgeDescription, paint: Paint) {
  const edge = named(status.edges, name);
  return [`  ${label}: ${paint.grade(edge.grade, edge.grade)}`, `    ${edgeText(edge, items)}`];
}

function stageLine(status: Status, { stage: name, title }: TopologyStage): string {
  const stage = named(status.stages, name);
  const service =
    stage.items === '0'
      ? ''
      : ` | p50 ${milliseconds(stage.p50Ms)} | p99 ${milliseconds(stage.p99Ms)}`;
  return `  ${title.padEnd(16)} ${stageText(stage)}${service}`;
}
