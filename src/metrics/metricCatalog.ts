import type { MetricDescriptor } from './metricDescriptor';
import { EDGE_COUNTERS } from './edgeCounters';
import { FEED_COUNTER_ROWS } from './feedCounters';
import { RUN_COUNTERS } from './runCounters';
import { STAGE_COUNTERS } from './stageCounters';
import { STRATEGY_COUNTERS } from './strategyCounters';

const rows = [
  ...RUN_COUNTERS,
  ...FEED_COUNTER_ROWS,
  ...STAGE_COUNTERS,
  ...EDGE_COUNTERS,
  ...STRATEGY_COUNTERS,
] as const;

export type CounterId = (typeof rows)[number][0];

/** Everything that a run counts or measures; report, JSON, documentation and exporters read it here. */
export const COUNTERS: readonly (MetricDescriptor & { readonly id: CounterId })[] = rows.map(
  ([id, label, unit, sentence]) => Object.freeze({ id, label, unit, sentence }),
);

const byId = new Map<string, MetricDescriptor>(COUNTERS.map((counter) => [counter.id, counter]));

/** The row of the table. Throws `RangeError` where there is none. */
export function counterOf(id: string): MetricDescriptor {
  const counter = byId.get(id);
  if (counter === undefined) throw new RangeError(`The table of counters has no "${id}".`);
  return counter;
}

/** The table as Markdown, for the documentation. */
export function countersAsMarkdown(): string {
  return [
    '| id | label | unit | what it says |',
    '|---|---|---|---|',
    ...COUNTERS.map(
      ({ id, label, unit, sentence }) => `| \`${id}\` | ${label} | ${unit} | ${sentence} |`,
    ),
  ].join('\n');
}
