import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { cli } from '../../../src/cli/cli';
import type { Report } from '../../../src/report';
import { collector } from '../export/collector';
import { seriesOf } from '../export/seriesOf';
import { barometer, folder, TICKS } from './barometer';
import { TextStream } from './textStream';

const { file, path } = folder();
const ticks = (): string => file('ticks.csv', TICKS);

/** A replay that is waiting for a last scrape. */
async function lingering(...more: string[]) {
  const [stdout, stderr] = [new TextStream(false), new TextStream(false)];
  const signals = new EventEmitter();
  const env = { BAROMETER_DIR: path('lingering') };
  const argv = ['replay', ticks(), '--speed', '600', '--json', '--metrics', '0', ...more];
  const code = cli(argv, { stdout, stderr, env, signals, exit: () => undefined });
  for (let i = 0; i < 1000 && stdout.text === ''; i += 1) await wait(5);
  const [url = ''] = /http:\S+/.exec(stderr.text) ?? [];
  return { code, url, signals, report: JSON.parse(stdout.text) as Report };
}

describe('barometer replay --metrics', () => {
  it('waits for a last scrape, which has every count of the report', async () => {
    const { code, url, report } = await lingering('--metrics-linger', '30');
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const series = seriesOf(await response.text());
    expect(await code).toBe(0);
    expect(series.get('barometer_run_state{state="done"}')).toBe('1');
    for (const [edge, { delivered }] of Object.entries(report.edges)) {
      expect(series.get(`barometer_edge_delivered_total{edge="${edge}"}`)).toBe(delivered);
    }
  });

  it('waits no longer than told, and ends the wait at a signal', async () => {
    expect(await (await lingering('--metrics-linger', '0.05')).code).toBe(0);
    const { code, signals } = await lingering('--metrics-linger', '30');
    signals.emit('SIGINT');
    expect(await code).toBe(0);
  });

  it.each([
    [['--metrics', '0.0.0.0:0'], 'others can reach 0.0.0.0: give a token'],
    [['--metrics', 'x'], '[host:]port, such as 9464'],
    [['--metrics', '0', '--token', 'short'], 'at least 22 letters, digits'],
    [['--otlp', 'localhost:4318'], 'an http or https URL'],
    [['--otlp', 'http://user:secret@localhost'], 'URL without credentials'],
  ])('refuses %j', async (options, said) => {
    const { code, stderr } = await barometer(['replay', ticks(), ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

it('refuses a port at which another process listens', async () => {
  const sink = await collector();
  const { code, stderr } = await barometer(['replay', ticks(), '--metrics', sink.url.port]);
  sink.close();
  expect([code, stderr]).toEqual([
    2,
    `barometer: cannot listen on 127.0.0.1:${sink.url.port}: another process listens there\n`,
  ]);
});

describe('barometer replay --otlp', () => {
  it('sends the last state at the end', async () => {
    const sink = await collector();
    const { code, stderr } = await barometer([
      ...['replay', ticks(), '--speed', '600', '--otlp', sink.url.href],
    ]);
    sink.close();
    expect([code, stderr]).toEqual([0, '']);
    expect(sink.bodies.at(-1)).toContain('"name":"barometer.ticks"');
    expect(sink.bodies.at(-1)).toContain('"asInt":"1200"');
  });

  it('goes on without a collector, and says so once', async () => {
    const sink = await collector();
    sink.close();
    const plain = ['replay', ticks(), '--speed', '600', '--mode', 'data', '--timings', 'off'];
    const { code, stdout, stderr } = await barometer([
      ...[...plain, '--json', '--otlp', sink.url.href, '--otlp-interval', '0.01'],
    ]);
    expect(code).toBe(0);
    expect(stderr.match(/did not take the metrics/g)).toHaveLength(1);
    expect((JSON.parse(stdout) as Report).bars.ticks).toBe('1200');
  });
});
