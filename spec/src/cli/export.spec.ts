import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Report } from '../../../src/report';
import { journalText, windows } from '../journal/given';
import { itWith } from '../../support/itWith';
import { seriesOf } from '../export/seriesOf';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();

/** A replay of ticks that falls behind, into a folder of its own. */
async function replayed(dir: string, ticks: string, ...more: string[]): Promise<Report> {
  const { code, stdout, stderr } = await barometer(
    ['replay', file('ticks.csv', ticks), '--speed', '60000', '--quiet', '--json', ...more],
    { env: { BAROMETER_DIR: path(dir) } },
  );
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Report;
}

const exported = (dir: string, ...argv: string[]) =>
  barometer(['export', ...argv, '--dir', path(dir)]);

describe('barometer export', () => {
  it('prints every count of the report', async () => {
    const report = await replayed('counts', TICKS, '--strategy', 'busy:us=300', '--derive', '5m');
    const { code, stdout } = await exported('counts');
    expect(code).toBe(0);
    const series = seriesOf(stdout);
    for (const [edge, counts] of Object.entries(report.edges)) {
      const count = (name: string, label = '') =>
        series.get(`barometer_edge_${name}_total{edge="${edge}"${label}}`);
      expect(count('delivered')).toBe(counts.delivered);
      expect(count('overruns')).toBe(counts.overruns);
      const burst = count('backpressure_events', ',kind="burst"');
      const behind = count('backpressure_events', ',kind="behind"');
      expect([burst, behind]).toEqual([counts.burst, counts.behind]);
    }
    for (const [stage, { items }] of Object.entries(report.stages)) {
      expect(series.get(`barometer_stage_service_seconds_count{stage="${stage}"}`)).toBe(items);
    }
    expect(series.get('barometer_bars_total{kind="derived"}')).toBe(report.bars.derived);
    expect(series.get('barometer_strategy_calls_total{strategy="busy"}')).toBe(
      report.stages.analysis.strategies['busy']?.items,
    );
  });

  itWith('promtool')('passes promtool, hostile names included', async () => {
    const hostile = TICKS.replaceAll('AAA', 'A""B\\C')
      .replaceAll('BBB', 'é😀')
      .replace(/,(A""B\\C),/g, ',"$1",');
    await replayed('hostile', hostile, '--strategy', 'busy:us=2000');
    const { stdout } = await exported('hostile', '--export-symbols', '10');
    expect(stdout).toContain('symbol="A\\"B\\\\C"');
    const {
      status,
      stdout: lint,
      stderr,
      error,
    } = spawnSync('promtool', ['check', 'metrics'], {
      input: stdout,
      encoding: 'utf8',
    });
    expect({ error, status, lint, stderr }).toEqual({
      error: undefined,
      status: 0,
      lint: '',
      stderr: '',
    });
  });

  it('prints a run as it stood at an earlier event', async () => {
    const journal = path('earlier.ndjson');
    writeFileSync(journal, journalText(windows(3)));
    const now = await barometer(['export', journal]);
    const then = await barometer(['export', journal, '--at', '1']);
    expect(then.code).toBe(0);
    expect(now.stdout).not.toBe(then.stdout);
  });

  it.each([
    ['--export-symbols', '257'],
    ['--at', 'yesterday'],
  ])('refuses %s %s', async (option, value) => {
    const journal = path('refused.ndjson');
    writeFileSync(journal, journalText(windows(1)));
    expect((await barometer(['export', journal, option, value])).code).toBe(2);
  });
});
