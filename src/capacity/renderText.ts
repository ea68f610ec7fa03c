import { largestOf } from '../../operators/kernel/extremes';
import { named, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { EdgeName } from '../../streams/topology';
import { edgeIn, edgesOf } from '../metrics';
import { grouped, percent, roundPercent, times } from '../report/format';
import type { Grade } from '../report';
import { paintWith } from '../report/paint';
import { terminalSafe } from '../report/terminalText';
import { wrap } from '../report/wrap';
import type { CapacityReport } from './capacityReport';
import type { CurvePoint } from './curve';
import { asciiCurve } from './asciiCurve';
import { GAIN_HEAD, gainCells, notesOf } from './notes';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

export interface CapacityTextOptions {
  /** Colors for a terminal. Default: none. */
  readonly color?: boolean;
  /** Where sentences are broken into lines. Default: 100. */
  readonly width?: number;
}

const TEXT_OPTIONS: OptionNames<CapacityTextOptions> = { color: true, width: true };

/** How many of those that would help are shown. */
const TOP = 12;

/** Short enough for the head of a column: 38, 1.5k. */
export function shortSpeed(speed: number): string {
  if (speed >= 1e6) return `${Number((speed / 1e6).toPrecision(3))}M`;
  if (speed >= 1e4) return `${Number((speed / 1e3).toPrecision(3))}k`;
  return String(Number(speed.toPrecision(3)));
}

/** Milliseconds in as few characters as a table has. */
export function shortTime(ms: number): string {
  if (ms === 0) return '0';
  if (ms < 1) return `${(ms * 1000).toPrecision(3)} µs`;
  if (ms < 1_000) return `${ms.toPrecision(3)} ms`;
  if (ms < 120_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 7_200_000
    ? `${(ms / 60_000).toFixed(0)} min`
    : `${grouped((ms / 3_600_000).toFixed(0))} h`;
}

/** From ten times the time that there is, no longer in percent. */
const busyText = (utilization: number): string =>
  utilization < 10 ? roundPercent(utilization) : times(utilization);

export const POINT_HEAD = [
  'speed',
  'grade',
  'not ready',
  'behind',
  'overruns',
  'wait p50',
  'p99',
  'max',
  'inbox',
  'busy',
];

export function pointCells(edge: EdgeName, { speed, edges, stages }: CurvePoint): string[] {
  const of = named(edges, edge);
  const stage = named(stages, edgeIn(STANDARD_TOPOLOGY, edge).consumer);
  return [
    shortSpeed(speed),
    of.grade,
    percent(of.share),
    percent(of.behindShare),
    grouped(of.overruns),
    shortTime(of.waitP50Ms),
    shortTime(of.waitP99Ms),
    shortTime(of.waitMaxMs),
    grouped(of.deepestInbox),
    busyText(stage.utilization),
  ];
}

/** The first column to the left or to the right, the others to the right. */
function table(rows: readonly (readonly string[])[], first: 'padEnd' | 'padStart'): string[] {
  const width = (column: number): number => largestOf(rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell[column === 0 ? first : 'padStart'](width(column)))
      .join('  ')
      .trimEnd(),
  );
}

/** For people, in a terminal: the answer, the picture, the tables, what would help. Pure; ends without a line feed. */
export function renderCapacity(found: CapacityReport, options: CapacityTextOptions = {}): string {
  checkOptionNames('renderCapacity', options, TEXT_OPTIONS);
  const { color = false, width = 100 } = options;
  const paint = paintWith(color);
  const report = terminalSafe(found);
  const { curve, gains, sustainableSpeed, answer } = report;
  const edgeLines = (edge: EdgeName): string[] => {
    const rows = table([POINT_HEAD, ...curve.map((point) => pointCells(edge, point))], 'padStart');
    const grade = (index: number): Grade => curve[index]?.edges[edge]?.grade ?? 'n/a';
    return [
      '',
      ...asciiCurve(edge, curve, shortSpeed).map((line, index) =>
        index === 0 ? paint.heading(line) : line,
      ),
      '',
      ...rows.map((row, index) =>
        index === 0 ? paint.note(row) : paint.grade(grade(index - 1), row),
      ),
    ];
  };
  const helps = gains
    .filter(({ fasterSpeed, goneSpeed = 0 }) => Math.max(fasterSpeed, goneSpeed) > sustainableSpeed)
    .slice(0, TOP);
  return [
    ...wrap(`${answer.charAt(0).toUpperCase()}${answer.slice(1)}.`, width, '').map(paint.heading),
    ...edgesOf().flatMap(({ name }) => edgeLines(name)),
    '',
    paint.heading('What would help most: the speed up to which it would keep up'),
    ...(helps.length === 0
      ? ['  Nothing alone.']
      : table([GAIN_HEAD, ...helps.map((gain) => gainCells(gain, sustainableSpeed))], 'padEnd').map(
          (row) => `  ${row}`,
        )),
    '',
    ...notesOf(report)
      .flatMap((note) => wrap(note, width, '- '))
      .map(paint.note),
  ].join('\n');
}
