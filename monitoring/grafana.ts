/** Writes grafana.json: `npm run monitoring`. A spec compares the two. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OF_RUN = 'job=~"$job",instance=~"$instance"';
const rate = (metric: string, labels = ''): string =>
  `rate(${metric}{${OF_RUN}${labels === '' ? '' : `,${labels}`}}[$__rate_interval])`;
const quantile = (q: number, histogram: string, by: string): string =>
  `histogram_quantile(${q}, sum by (le, ${by}) (${rate(`${histogram}_bucket`)}))`;

interface Query {
  readonly expr: string;
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly type?: 'timeseries' | 'stat';
  readonly isStacked?: boolean;
}

const PANELS: readonly Panel[] = [
  {
    title: 'State',
    description: 'The state of each run.',
    unit: 'short',
    type: 'stat',
    queries: [{ expr: `barometer_run_state{${OF_RUN}} == 1`, legend: '{{instance}}: {{state}}' }],
  },
  {
    title: 'Progress',
    description: 'Share of the input that has been read.',
    unit: 'percentunit',
    type: 'stat',
    queries: [{ expr: `barometer_run_progress_ratio{${OF_RUN}}`, legend: '{{instance}}' }],
  },
  {
    title: 'Market time',
    description: 'Market time of the latest release.',
    unit: 'dateTimeAsIso',
    type: 'stat',
    queries: [
      { expr: `barometer_run_market_time_seconds{${OF_RUN}} * 1000`, legend: '{{instance}}' },
    ],
  },
  {
    title: 'Behind, share of deliveries',
    description: 'The grade of an edge goes by this share. Dashed: medium and high.',
    unit: 'percentunit',
    queries: [
      {
        expr:
          `sum by (instance, edge) (${rate('barometer_edge_backpressure_events_total', 'kind="behind"')})` +
          ` / (sum by (instance, edge) (${rate('barometer_edge_clock_delivered_total')}) > 0)`,
        legend: '{{edge}}',
      },
      {
        expr: `max by (edge, grade) (barometer_edge_threshold_ratio{${OF_RUN}})`,
        legend: '{{edge}} {{grade}}',
      },
    ],
  },
  {
    title: 'Backpressure events',
    description: 'Items that were offered while the consumer was not ready.',
    unit: 'ops',
    queries: [
      {
        expr: `sum by (edge, kind) (${rate('barometer_edge_backpressure_events_total')})`,
        legend: '{{edge}} {{kind}}',
      },
    ],
  },
  {
    title: 'Deliveries',
    description: 'Items that were handed to the consumer.',
    unit: 'ops',
    queries: [
      {
        expr: `sum by (edge) (${rate('barometer_edge_delivered_total')})`,
        legend: '{{edge}}',
      },
    ],
  },
  {
    title: 'Lateness',
    description: 'Time from the due time of an item to the start of its service.',
    unit: 's',
    queries: [0.5, 0.99].map((q) => ({
      expr: quantile(q, 'barometer_edge_lateness_seconds', 'edge'),
      legend: `{{edge}} p${q * 100}`,
    })),
  },
  {
    title: 'Service time',
    description: 'Time that a stage works on one item.',
    unit: 's',
    queries: [0.5, 0.99].map((q) => ({
      expr: quantile(q, 'barometer_stage_service_seconds', 'stage'),
      legend: `{{stage}} p${q * 100}`,
    })),
  },
  {
    title: 'Stages: busy and blocked',
    description: 'Shares of the time of the run; the rest is idle.',
    unit: 'percentunit',
    queries: ['busy', 'blocked'].map((what) => ({
      expr:
        `sum by (stage) (${rate(`barometer_stage_${what}_seconds_total`)})` +
        ` / (sum by (stage) (${rate('barometer_stage_time_seconds_total')}) > 0)`,
      legend: `{{stage}} ${what}`,
    })),
  },
  {
    title: 'Strategies: time',
    description: 'Time that each strategy took, per second.',
    unit: 'percentunit',
    isStacked: true,
    queries: [
      {
        expr: `sum by (strategy) (${rate('barometer_strategy_seconds_total')})`,
        legend: '{{strategy}}',
      },
    ],
  },
  {
    title: 'Strategies: signals and errors',
    description: 'What came of the calls of each strategy.',
    unit: 'ops',
    queries: ['signals', 'errors'].map((what) => ({
      expr: `sum by (strategy) (${rate(`barometer_strategy_${what}_total`)})`,
      legend: `{{strategy}} ${what}`,
    })),
  },
  {
    title: 'Overruns, dropped, discarded',
    description: 'Items that waited behind others, and items that were lost.',
    unit: 'ops',
    queries: ['overruns', 'dropped', 'discarded'].map((what) => ({
      expr: `sum by (edge) (${rate(`barometer_edge_${what}_total`)})`,
      legend: `{{edge}} ${what}`,
    })),
  },
  {
    title: 'Symbols with most events',
    description: 'Needs --export-symbols.',
    unit: 'ops',
    queries: [
      {
        expr: `topk(10, sum by (edge, symbol) (${rate('barometer_symbol_backpressure_events_total')}))`,
        legend: '{{symbol}}, {{edge}}',
      },
    ],
  },
  {
    title: 'Feed',
    description: 'Live runs: rows that came, and rows that are in no bar.',
    unit: 'ops',
    queries: ['received', 'late', 'duplicate', 'missing', 'dropped', 'bad'].map((what) => ({
      expr: `sum by (feed) (${rate(`barometer_feed_${what}_total`)})`,
      legend: `{{feed}} ${what}`,
    })),
  },
];

const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

function panelOf({ title, description, unit, queries, ...more }: Panel, index: number) {
  const { type = 'timeseries', isStacked = false } = more;
  const stats = PANELS.filter((panel) => panel.type === 'stat').length;
  const at = index - stats;
  return {
    id: index + 1,
    title,
    description,
    type,
    datasource: DATASOURCE,
    gridPos:
      type === 'stat'
        ? { x: index * (24 / stats), y: 0, w: 24 / stats, h: 4 }
        : { x: (at % 2) * 12, y: 4 + Math.floor(at / 2) * 8, w: 12, h: 8 },
    fieldConfig: {
      defaults: {
        unit,
        ...(type === 'stat' ? {} : { min: 0 }),
        custom: isStacked ? { fillOpacity: 30, stacking: { mode: 'normal' } } : {},
      },
      overrides: title.startsWith('Behind')
        ? [
            {
              matcher: { id: 'byRegexp', options: '/ (medium|high)$/' },
              properties: [
                { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
                { id: 'custom.lineWidth', value: 1 },
              ],
            },
          ]
        : [],
    },
    options: type === 'stat' ? { textMode: 'value_and_name' } : { legend: { showLegend: true } },
    targets: queries.map(({ expr, legend }, i) => ({
      refId: String.fromCharCode(65 + i),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}

const variable = (name: string, query: string) => ({
  name,
  type: 'query',
  datasource: DATASOURCE,
  query: { query, refId: name },
  refresh: 2,
  includeAll: true,
  multi: true,
  current: { text: 'All', value: '$__all' },
});

/** The dashboard as Grafana imports it. */
export const dashboard = {
  uid: 'barometer',
  title: 'Barometer',
  description: 'Where, when and why a pipeline does not keep up.',
  tags: ['barometer'],
  schemaVersion: 39,
  version: 1,
  editable: true,
  timezone: 'utc',
  refresh: '5s',
  time: { from: 'now-15m', to: 'now' },
  templating: {
    list: [
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      variable('job', 'label_values(barometer_run_state, job)'),
      variable('instance', 'label_values(barometer_run_state{job=~"$job"}, instance)'),
    ],
  },
  panels: PANELS.map(panelOf),
};

/** The text of grafana.json. */
export const dashboardText = `${JSON.stringify(dashboard, null, 2)}\n`;

if (require.main === module) writeFileSync(join(__dirname, 'grafana.json'), dashboardText);
