import { gzipSync } from 'node:zlib';
import type { Report } from '../../../src/report';
import { recordingLine } from '../../../streams/live/recording/recordingLine';
import { barometer, folder } from './barometer';

const { path, file } = folder();

const START = 1_723_161_240_000_000;
/** Ten seconds, ten trades a second; one of them comes a second too late. */
const session = (): string =>
  file(
    'session.gz',
    gzipSync(
      Array.from({ length: 100 }, (_, i) => {
        const at = START + i * 100_000;
        const time = (i === 50 ? at - 1_500_000 : at) / 1_000;
        const text = `{"e":"trade","s":"BTCUSDT","t":${i + 1},"p":"${100 + i}.5","q":"0.1","T":${time}}`;
        return recordingLine(at + 20_000, { kind: 'frame', text });
      }).join(''),
    ),
  );

const live = async (...argv: string[]) => barometer(['live', ...argv]);

it('runs a recording in simulated time, and tells of the feed', async () => {
  const bars = path('bars.csv');
  const { code, stdout, stderr } = await live(
    ...[session(), '--bars', '1s', '--time', 'simulated', '--json', '--out-bars', bars],
  );
  expect([code, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as Report;
  expect(report).toMatchObject({
    run: { mode: 'clock', speed: 1, time: 'simulated' },
    bars: { ticks: '99', late: '1' },
    feed: { received: '100', late: '1', bySymbol: { BTCUSDT: { late: '1' } } },
  });
});

it('prints a section on the feed', async () => {
  const { stdout } = await live(
    session(),
    '--bars',
    '1s',
    '--time',
    'simulated',
    '--journal',
    'none',
  );
  expect(stdout).toMatch(/Feed:\n {2}- Received: 100 \| late: 1 \| duplicate: 0/);
  expect(stdout).toMatch(/Missing: 0 ids in 0 gaps/);
});

it('keeps more of what is late with more grace', async () => {
  const { stdout } = await live(session(), '--time', 'simulated', '--grace', '2s', '--json');
  expect((JSON.parse(stdout) as Report).feed?.late).toBe('0');
});

it('leaves a journal from which the same report is made', async () => {
  const journal = path('run.ndjson');
  const { stdout } = await live(
    ...[session(), '--bars', '1s', '--time', 'simulated', '--json', '--journal', journal],
  );
  const again = await barometer(['report', journal, '--json']);
  expect((JSON.parse(again.stdout) as Report).feed).toEqual((JSON.parse(stdout) as Report).feed);
});

it.each([
  ['--mode data', ['--mode', 'data'], /--mode is 'data', but must be clock/],
  ['a speed', ['--speed', '2'], /--speed is 2, but must be 1/],
  ['a grace without a unit', ['--grace', '250'], /--grace 250: must be a length of time/],
  ['a format that is none', ['--format', 'csv'], /--format csv: must be one of binance-frames/],
  ['a recording of a recording', ['--record', 'x.gz'], /--record is 'x.gz', but must be absent/],
])('refuses %s', async (_, more, message) => {
  const { code, stderr } = await live(session(), ...more);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});

it.each([
  ['a venue that is not known', 'foo:bar', /feeds are binance:SYMBOL/],
  ['a stream that is none', 'binance:a b', /must be streams such as/],
  ['frames of an unknown format', 'ws://localhost/', /--format must say how its frames are read/],
])('refuses %s', async (_, feed, message) => {
  const { code, stderr } = await live(feed);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});

it('refuses to record into a file that exists', async () => {
  const { code, stderr } = await live('binance:a', '--record', session());
  expect([code, stderr]).toEqual([2, expect.stringMatching(/exists already/)]);
});
