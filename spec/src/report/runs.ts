import { buildReport, diagnose, renderText } from '../../../src/report';
import type { Diagnosis, KnownCapacity, Report } from '../../../src/report';
import type { PipelineEvent, RunConfiguration } from '../../../streams/events';
import { backpressure, delivered, FIRST, fold, ingested, SECOND } from '../metrics/given';
import { served, started, strategyWorked, windowOf } from '../metrics/given';

type Events = readonly PipelineEvent[];

export const reportOf = (events: Events): Report => buildReport(fold(events));
export const textOf = (events: Events): string => renderText(reportOf(events));
export const diagnosed = (events: Events): Diagnosis => diagnose(fold(events));

/** What to do, and by what evidence. */
export const actionsOf = (events: Events, known?: KnownCapacity): Map<string, string> =>
  new Map(diagnose(fold(events), known).actions.map(({ text, evidence }) => [text, evidence]));

/** So much was delivered to an edge, and so much of it found the consumer not ready. */
export const counted = (
  edge: string,
  count: number,
  behind: number,
  burst = 0,
): PipelineEvent[] => [delivered(edge, count), backpressure(edge, behind, burst)];

/** A run of which 100 bars were delivered, 99 of them behind, to a processor that was busy throughout. */
export const shielded = (given: {
  /** Bars that the processor has served and passed on, each in so many milliseconds. */
  readonly passedOn: number;
  readonly processorMs: number;
  readonly analysed: number;
  readonly analysisMs: number;
  readonly analysisBusy: number;
}): Events => {
  const always = (ms: number) => [ms, ms, ms] as const;
  return [
    started(),
    ...counted(FIRST, 100, 99),
    delivered(SECOND, given.passedOn),
    served('processor', given.passedOn, always(given.processorMs)),
    served('analysis', given.analysed, always(given.analysisMs)),
    windowOf(100, { processor: 99, analysis: given.analysisBusy }),
  ];
};

export interface Case {
  readonly first?: number;
  readonly second?: number;
  readonly run?: Partial<RunConfiguration>;
  readonly symbols?: readonly string[];
  readonly strategies?: Events;
}

/** A run in which everything that there is advice about is there, unless the case says otherwise. */
export const runOf = ({
  first = 0,
  second = 0,
  run = {},
  symbols = ['SPY', 'QQQ'],
  strategies = [
    strategyWorked('ema-cross', { items: 90, totalMs: 81, signals: 3 }),
    strategyWorked('ema-cross', { items: 10, totalMs: 1, interval: '5m' }),
    strategyWorked('sma', { items: 100, totalMs: 18 }),
  ],
}: Case): PipelineEvent[] => [
  started({ speed: 60, derive: ['5m', '15m'], ...run }),
  ingested({ base: 100, derived: 27, symbols }),
  delivered(FIRST, 100, 'SPY'),
  backpressure(FIRST, first, 0, 'SPY'),
  delivered(SECOND, 100, 'SPY'),
  backpressure(SECOND, second, 0, 'SPY'),
  served('processor', 100, [0.5, 2, 1]),
  served('analysis', 100, [0.5, 30, 2]),
  ...strategies,
  windowOf(100, { processor: first > 0 ? 99 : 10, analysis: second > 0 ? 99 : 10 }),
];
