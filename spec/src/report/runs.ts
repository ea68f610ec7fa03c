import { buildReport, renderText } from '../../../src/report';
import type { Report } from '../../../src/report';
import type { PipelineEvent } from '../../../streams/events';
import { backpressure, delivered, fold } from '../metrics/given';

type Events = readonly PipelineEvent[];

export const reportOf = (events: Events): Report => buildReport(fold(events));
export const textOf = (events: Events): string => renderText(reportOf(events));

/** So much was delivered to an edge, and so much of it found the consumer not ready. */
export const counted = (
  edge: string,
  count: number,
  behind: number,
  burst = 0,
): PipelineEvent[] => [delivered(edge, count), backpressure(edge, behind, burst)];
