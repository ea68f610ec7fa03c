import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Report } from '../../src/report';
import { folder } from '../src/cli/barometer';
import { freePort } from '../support/freePort';
import { itWith } from '../support/itWith';
import { EXPRESSIONS } from './expressions';
import { startPrometheus, until } from './prometheusServer';
import type { PrometheusServer } from './prometheusServer';

const ROOT = join(__dirname, '../..');
const HOSTILE = ['A"B\\C', 'é😀'] as const;
const { path, file } = folder();

/** Two hostile symbols, so many market seconds of two ticks each. */
const ticks = (seconds: number): string =>
  [
    'time,symbol,price,size',
    ...Array.from({ length: 2 * seconds }, (_, i) => {
      const symbol = i % 2 === 0 ? '"A""B\\C"' : HOSTILE[1];
      return `${1_700_000_040_000_000 + i * 500_000},${symbol},${100 + (i % 7)},1`;
    }),
    '',
  ].join('\n');

interface Started {
  readonly port: number;
  readonly process: ChildProcess;
  readonly report: Promise<Report>;
}

/** A run on the wall clock, in a process of its own: 100 bars a second. */
async function startRun(name: string, strategy: string): Promise<Started> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      ...['-r', 'ts-node/register/transpile-only', 'src/cli/main.ts'],
      ...[
        'replay',
        file('ticks.csv', ticks(700)),
        '--bars',
        '1s',
        '--speed',
        '50',
        '--time',
        'wall',
      ],
      ...['--strategy', strategy, '--journal', path(`${name}.ndjson`), '--json', '--quiet'],
      ...['--metrics', String(port), '--metrics-linger', '30', '--export-symbols', '10'],
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const report = new Promise<Report>((resolve, reject) => {
    child.on('exit', (code) => {
      if (code === 0) resolve(JSON.parse(text) as Report);
      else reject(new Error(`${name} ended with ${code}`));
    });
  });
  return { port, process: child, report };
}

const itWithPrometheus = itWith('prometheus');

describe('Prometheus', () => {
  let prometheus: PrometheusServer | undefined;
  const runs: Started[] = [];
  const stop = async (): Promise<void> => {
    for (const run of runs) run.process.kill('SIGKILL');
    await prometheus?.stop();
  };
  afterAll(stop);

  itWithPrometheus(
    'sees what a run counts, and alerts of an overloaded one alone',
    async () => {
      const healthy = await startRun('healthy', 'busy:us=50');
      const overloaded = await startRun('overloaded', 'busy:us=15000');
      runs.push(healthy, overloaded);
      for (const { report } of runs) report.catch(() => undefined);
      const instances = runs.map(({ port }) => `127.0.0.1:${port}`);
      const [calm, late] = instances;
      const server = await startPrometheus(instances, join(ROOT, 'monitoring/alerts.yml'));
      prometheus = server;

      const began = Date.now();
      const firing = await until(async () => {
        const alerts = await server.alerts();
        return alerts.find(
          ({ labels, state }) =>
            labels['alertname'] === 'BarometerEdgeCritical' &&
            labels['instance'] === late &&
            state === 'firing',
        );
      }, 'an alert of the overloaded run');
      expect(firing.labels['edge']).toBe('processor-analysis');
      expect(Date.now() - began).toBeLessThan(15_000);

      for (const expr of EXPRESSIONS) await expect(server.query(expr)).resolves.toBeDefined();

      const [calmReport, lateReport] = await Promise.all(runs.map(({ report }) => report));
      const raised = await server.query(
        'count_over_time(ALERTS{alertname=~"BarometerEdge.*"}[10m])',
      );
      expect(raised.map(({ metric }) => metric['instance'])).not.toContain(calm);

      // The targets are gone: what was scraped last is asked for.
      const last = async (instance: string | undefined, metric: string, labels: string) => {
        const selector = `${metric}{instance="${instance}",${labels}}`;
        const [sample] = await server.query(`last_over_time(${selector}[10m])`);
        return sample?.value[1];
      };
      for (const [instance, report] of [
        [calm, calmReport],
        [late, lateReport],
      ] as const) {
        if (report === undefined) throw new Error('no report');
        for (const [edge, counts] of Object.entries(report.edges)) {
          const count = (name: string, more = '') =>
            last(instance, `barometer_edge_${name}_total`, `edge="${edge}"${more}`);
          expect(await count('delivered')).toBe(counts.delivered);
          expect(await count('overruns')).toBe(counts.overruns);
          expect(await count('dropped')).toBe(counts.dropped);
          expect(await count('backpressure_events', ',kind="burst"')).toBe(counts.burst);
          expect(await count('backpressure_events', ',kind="behind"')).toBe(counts.behind);
        }
        for (const [stage, { items }] of Object.entries(report.stages)) {
          const name = 'barometer_stage_service_seconds_count';
          expect(await last(instance, name, `stage="${stage}"`)).toBe(items);
        }
        const busy = report.stages.analysis.strategies['busy'];
        expect(await last(instance, 'barometer_strategy_calls_total', 'strategy="busy"')).toBe(
          busy?.items,
        );
        expect(await last(instance, 'barometer_ticks_total', '')).toBe(report.bars.ticks);
      }

      const symbols = await server.query(
        `last_over_time(barometer_symbol_backpressure_events_total{instance="${late}",edge="processor-analysis"}[10m])`,
      );
      const counts = new Map(symbols.map(({ metric, value }) => [metric['symbol'], value[1]]));
      for (const symbol of HOSTILE) {
        expect(counts.get(symbol)).toBe(
          lateReport?.edges['processor-analysis']?.bySymbol[symbol]?.backpressure,
        );
      }
      expect(counts.get('(other)')).toBe('0');
    },
    120_000,
  );
});
