import { named, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { TopologyStage } from '../../streams/topology';
import { edgesOf } from '../metrics';
import type { EdgeDescription } from '../metrics';
import { grouped, milliseconds, percent } from '../report/format';
import { feedPanel } from '../report/renderFeed';
import { paintWith } from '../report/paint';
import type { Paint } from '../report/paint';
import { terminalSafe } from '../report/terminalText';
import { wrap } from '../report/wrap';
import { bar, sparkline } from './sparkline';
import { statusOf } from './status';
import type { Status } from './status';
import { modeText, progressOf, STATE_TEXTS } from './texts';
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

/** In fewer columns names are short; in fewer rows nothing is left blank. */
const WIDE = 80;
const HIGH = 20;

/**
 * What a watcher sees: at most `rows` lines of at most `columns` characters, the most important
 * ones first; all that matters is in 60 × 15. A pure function of its arguments.
 */
export function renderFrame(
  watched: Pick<Watched, 'samples'> & Parameters<typeof statusOf>[0],
  { columns, rows, color = false }: FrameSize,
): string {
  const paint = paintWith(color);
  const status = terminalSafe(statusOf(watched));
  const { topology = STANDARD_TOPOLOGY } = status;
  const blank: FrameLine[] = rows < HIGH ? [] : [{ text: '' }];
  const lines: FrameLine[] = [
    { text: headline(status), look: paint.heading },
    ...placeLines(status, columns),
    progressLine(status, columns),
    ...blank,
    ...edgesOf(topology).map((edge) => edgeLine(watched, status, edge, columns, paint)),
    ...blank,
    ...topology.map((place) => stageLine(watched, status, place, columns)),
    ...blank,
    ...(status.feed === undefined ? [] : feedPanel(status.feed)).map((text) => ({ text })),
    ...status.warnings.map((text) => ({ text, look: paint.warning })),
    ...wrap(`verdict: ${status.verdict.text}`, Math.max(1, columns), '').map((text) => ({
      text,
      look: paint.note,
    })),
  ];
  return lines
    .slice(0, Math.max(1, rows))
    .map(({ text, look = same }) => look(fitted(text, columns)))
    .join('\n');
}

const same = (text: string): string => text;

const NAME_WIDTH = 22;
const SHORT_NAME_WIDTH = 16;
const SHARE_WIDTH = 8;
const BAR_WIDTH = 30;

const headline = (status: Status): string =>
  `${status.id}  ${STATE_TEXTS[status.state]}  ` +
  (status.mergedOf === undefined
    ? `${grouped(status.events)} events`
    : `merged of ${status.mergedOf} runs`);

/** Mode and market time, in one line where there is room. */
function placeLines(status: Status, columns: number): FrameLine[] {
  const market = `market ${status.marketTime ?? 'not begun'}`;
  return columns < WIDE
    ? [{ text: modeText(status) }, { text: market }]
    : [{ text: `${modeText(status)} | ${market}` }];
}

function progressLine(status: Status, columns: number): FrameLine {
  const { progress, marketProgress = progress } = status;
  return { text: meterLine('progress', marketProgress, columns, progressOf(status)) };
}

/** Name, bar, share, and everything else that there is room for: the bar is what gives way. */
function meterLine(name: string, share: number, columns: number, rest: string): string {
  const nameWidth = columns < WIDE ? SHORT_NAME_WIDTH : NAME_WIDTH;
  const room = columns - nameWidth - SHARE_WIDTH - 3 - rest.trimEnd().length;
  const width = Math.max(0, Math.min(BAR_WIDTH, room));
  return `${name.padEnd(nameWidth)} ${bar(share, width)} ${percent(share).padStart(SHARE_WIDTH)} ${rest}`;
}

/** What is left of a line for its course. */
const restOf = (line: string, columns: number): number => Math.min(60, columns - line.length);

function withCourse(line: string, values: readonly number[], columns: number): string {
  return line + sparkline(values, restOf(line, columns), 1);
}

function edgeLine(
  { samples }: Pick<Watched, 'samples'>,
  status: Status,
  { name, label, short }: EdgeDescription,
  columns: number,
  paint: Paint,
): FrameLine {
  const edge = named(status.edges, name);
  const counts = `${grouped(edge.backpressure)} events, ${edge.grade} `;
  const line = meterLine(columns < WIDE ? short : label, edge.share, columns, counts);
  const course = samples.map(({ notReady }) => notReady[name] ?? 0);
  return {
    text: withCourse(line, course, columns),
    look: (text) => paint.grade(edge.grade, text),
  };
}

function stageLine(
  { samples }: Pick<Watched, 'samples'>,
  status: Status,
  { stage: name, title }: TopologyStage,
  columns: number,
): FrameLine {
  const stage = named(status.stages, name);
  const busy = columns < WIDE ? 'busy ' : '';
  const served = stage.items === '0' ? busy : `${busy}p99 ${milliseconds(stage.p99Ms)} `;
  const shown = columns < WIDE ? title : `${title} busy`;
  const line = meterLine(shown, stage.busyShare, columns, served);
  const course = samples.map(({ busy: share }) => share[name] ?? 0);
  return { text: withCourse(line, course, columns) };
}

/** A line that is too long is cut, and says so. */
function fitted(text: string, columns: number): string {
  const line = text.replace(/\s+$/, '');
  const characters = [...line];
  if (characters.length <= columns) return line;
  return columns <= 1 ? '' : `${characters.slice(0, columns - 1).join('')}…`;
}
