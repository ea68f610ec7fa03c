import { largestOf } from '../../operators/kernel/extremes';
import type { StageName } from '../../streams/events';
import { named } from '../../streams/topology';
import { edgesOf } from '../metrics';
import type { EdgeDescription } from '../metrics';
import { counted, grouped, milliseconds, percent } from './format';
import { isPressed, type Grade } from './grades';
import type { Paint } from './paint';
import type { EdgeReport, Report, StageReport } from './reportSchema';

const RULE = '='.repeat(50);

const MARKS: Readonly<Record<Grade, string>> = {
  perfect: 'OK',
  low: 'OK',
  medium: 'WARNING',
  high: 'CRITICAL!',
  'n/a': 'n/a',
};

const isBlamed = ({ verdict: { culprit } }: Report, stage: StageName): boolean =>
  culprit === stage || (culprit === 'both' && stage !== 'coordinator');

function serviceLine(stage: StageReport, slow: boolean, paint: Paint): string {
  if (stage.items === '0') return '  - Min: - | Max: - | Avg: -';
  const times =
    `  - Min: ${milliseconds(stage.minMs)} | Max: ${milliseconds(stage.maxMs)} | ` +
    `Avg: ${milliseconds(stage.meanMs)}`;
  return slow ? `${times}  ${paint.alarm('⚠️ SLOW!')}` : times;
}

/** What the shares of an edge are taken of. */
export const denominator = (edge: EdgeReport): string => edge.clockDelivered ?? edge.delivered;

/** The share of all events, and that of *behind* ones beside it where it is another. */
function shares({ share, behindShare, burst }: EdgeReport): string {
  return burst === '0' ? percent(share) : `${percent(share)}, behind ${percent(behindShare)}`;
}

function remark(items: string, edge: EdgeReport, marked: boolean, paint: Paint): string {
  const { grade } = edge;
  if (grade === 'n/a') return paint.note('(n/a: data-driven, nothing is counted)');
  if (marked) {
    const text = paint.grade(grade, `(${shares(edge)} - ${MARKS[grade]})`);
    return grade === 'high' ? `${text} ❌` : text;
  }
  const clockDriven = edge.clockDelivered === undefined ? '' : ' delivered clock-driven';
  const of = `of ${grouped(denominator(edge))} ${items}${clockDriven}`;
  const [all, behind] = [percent(edge.share), percent(edge.behindShare)];
  const text = edge.burst === '0' ? `(${all} ${of})` : `(${all} ${of}, behind ${behind})`;
  return `${text} - ${MARKS[grade]}`;
}

/**
 * Both of the guide's forms: shares with what they are taken of while all is well, shares with
 * marks once an edge is medium or worse. The remarks stand under one another.
 */
function backpressureLines({ edges, topology }: Report, paint: Paint): string[] {
  const all = edgesOf(topology);
  const edge = ({ name }: EdgeDescription): EdgeReport => named(edges, name);
  const marked = all.some((one) => isPressed(edge(one).grade));
  const heads = all.map(
    (one) => `  - ${one.label}: ${counted(BigInt(edge(one).backpressure), 'event')}`,
  );
  const width = largestOf(heads.map((head) => head.length)) + (marked ? 4 : 2);
  return all.map(
    (one, i) => (heads[i] ?? '').padEnd(width) + remark(one.items, edge(one), marked, paint),
  );
}

/** The guide's performance report, line for line. */
export function renderGuide(report: Report, paint: Paint): string[] {
  const { analysis, processor } = report.stages;
  return [
    paint.heading('Performance Metrics Summary:'),
    RULE,
    paint.heading('Analysis Engine:'),
    `  - Cycles: ${grouped(analysis.items)}`,
    serviceLine(analysis, isBlamed(report, 'analysis'), paint),
    '',
    paint.heading('Data Processor:'),
    `  - Items: ${grouped(processor.items)}`,
    serviceLine(processor, isBlamed(report, 'processor'), paint),
    '',
    paint.heading('Pipeline Backpressure (Bottlenecks):'),
    ...backpressureLines(report, paint),
    '',
    RULE,
  ];
}
