import { named, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { TopologyStage } from '../../streams/topology';
import { edgesOf } from '../metrics';
import type { EdgeDescription } from '../metrics';
import { grouped, milliseconds, percent } from '../report/format';
import { paintWith } from '../report/paint';
import type { Paint } from '../report/paint';
import { terminalSafe } from '../report/terminalText';
import { bar, sparkline } from './sparkline';
import { statusOf } from './status';
import type { Status } from './status';
import { modeText, STATE_TEXTS } from './texts';
import type { Watched } from './watched';

interface FrameSize {
  readonly columns: number;
  readonly rows: number;
  /** Default: none. */
  readonly color?: boolean;
}

/** A line: what it says, and how it looks once it is known to fit. */
interface FrameLine {
  readonly text: string;
  readonly look?: (text: string) => string;
}

/**
 * What a watcher sees: at most `rows` lines of at most `columns` characters, the most important
 * ones first. A pure function of its arguments.
 */
export function renderFrame(watched: Watched, { columns, rows, color = false }: FrameSize): string {
  const paint = paintWith(color);
  const status = terminalSafe(statusOf(watched));
  const { topology = STANDARD_TOPOLOGY } = status;
  const lines: FrameLine[] = [
    { text: headline(status), look: paint.heading },
    { text: `${modeText(status)} | market ${status.marketTime ?? 'not begun'}` },
    { text: meterLine('progress', status.progress, columns, '') },
    { text: '' },
    ...edgesOf(topology).map((edge) => edgeLine(watched, status, edge, columns, paint)),
    { text: '' },
    ...topology.flatMap((place) => stageLines(watched, status, place, columns)),
    { text: '' },
    ...status.warnings.map((text) => ({ text, look: paint.warning })),
    { text: `verdict: ${status.verdict.text}`, look: paint.note },
  ];
  return lines
    .slice(0, Math.max(1, rows))
    .map(({ text, look = same }) => look(fitted(text, columns)))
    .join('\n');
}

const same = (text: string): string => text;

const NAME_WIDTH = 22;
const SHARE_WIDTH = 8;

const headline = (status: Status): string =>
  `${status.id}  ${STATE_TEXTS[status.state]}  ${grouped(status.events)} events`;

/** Name, bar, share, and everything else that there is room for. */
function meterLine(name: string, share: number, columns: number, rest: string): string {
  const width = Math.max(0, Math.min(30, columns - NAME_WIDTH - SHARE_WIDTH - 2));
  return `${name.padEnd(NAME_WIDTH)} ${bar(share, width)} ${percent(share).padStart(SHARE_WIDTH)} ${rest}`;
}

/** What is left of a line for its course. */
const restOf = (line: string, columns: number): number => Math.min(60, columns - line.length);

function withCourse(line: string, values: readonly number[], columns: number): string {
  return line + sparkline(values, restOf(line, columns), 1);
}

function edgeLine(
  { samples }: Watched,
  status: Status,
  { name, label }: EdgeDescription,
  columns: number,
  paint: Paint,
): FrameLine {
  const edge = named(status.edges, name);
  const counts = `${grouped(edge.backpressure)} events, ${edge.grade} `;
  const line = meterLine(label, edge.share, columns, counts);
  const course = samples.map(({ notReady }) => notReady[name] ?? 0);
  return {
    text: withCourse(line, course, columns),
    look: (text) => paint.grade(edge.grade, text),
  };
}

function stageLines(
  { samples }: Watched,
  status: Status,
  { stage: name, title }: TopologyStage,
  columns: number,
): FrameLine[] {
  const stage = named(status.stages, name);
  const served = stage.items === '0' ? '' : `p99 ${milliseconds(stage.p99Ms)} `;
  const line = meterLine(`${title} busy`, stage.busyShare, columns, served);
  const course = samples.map(({ busy }) => busy[name] ?? 0);
  return [{ text: withCourse(line, course, columns) }];
}

/** A line that is too long is cut, and says so. */
function fitted(text: string, columns: number): string {
  const line = text.replace(/\s+$/, '');
  const characters = [...line];
  if (characters.length <= columns) return line;
  return columns <= 1 ? '' : `${characters.slice(0, columns - 1).join('')}…`;
}
