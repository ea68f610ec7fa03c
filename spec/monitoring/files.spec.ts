import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dashboardText } from '../../monitoring/grafana';
import { METRICS } from '../../src/export/metricsOf';
import { prometheusName } from '../../src/export/metric';
import { itWith } from '../support/itWith';
import { EXPRESSIONS } from './expressions';

const FOLDER = join(__dirname, '../../monitoring');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const promtool = (args: string[]) => spawnSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });

const itWithPromtool = itWith('promtool');

describe('monitoring/', () => {
  it('has the Grafana dashboard that its script writes', () => {
    expect(read('grafana.json')).toBe(dashboardText);
  });

  it('asks only for metrics that a run exports', () => {
    const suffix = { histogram: ['_bucket', '_sum', '_count'], counter: [''], gauge: [''] };
    const exported = METRICS.flatMap((metric) =>
      suffix[metric.type].map((end) => prometheusName(metric) + end),
    ).filter((name) => !name.includes('_feed_'));
    for (const text of [...EXPRESSIONS, read('alerts.yml')]) {
      const asked = (text.match(/\bbarometer_\w+/g) ?? []).filter(
        (name) => !name.includes('_feed_'),
      );
      expect(exported).toEqual(expect.arrayContaining(asked));
    }
  });

  itWithPromtool.each([
    [['check', 'config', 'prometheus.yml']],
    [['check', 'rules', 'alerts.yml']],
    [['test', 'rules', 'alerts.test.yml']],
  ])('promtool %j', (args) => {
    const { status, stdout, stderr } = promtool(args);
    expect([status, stdout + stderr]).toEqual([0, expect.not.stringContaining('FAILED')]);
  });

  itWithPromtool('has expressions that Prometheus can parse', () => {
    const rules = EXPRESSIONS.map((expr, i) => ({ record: `panel:${i}`, expr }));
    const file = join(mkdtempSync(join(tmpdir(), 'barometer rules ')), 'rules.yml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    const { status, stdout, stderr } = promtool(['check', 'rules', file]);
    rmSync(dirname(file), { recursive: true });
    expect([status, stdout + stderr]).toEqual([
      0,
      expect.stringContaining(`${rules.length} rules`),
    ]);
  });
});
