import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Subject } from 'rxjs';
import {
  readTimings,
  record as recordJournal,
  recordedServiceTimes,
  timingsPathOf,
} from '../../../src/journal';
import { live } from '../../../src/live';
import type { Bar, Strategy } from '../../../streams';
import {
  fromAsyncIterable,
  fromObservable,
  recording,
  webSocket,
} from '../../../streams/live/sources';
import type { LiveTick } from '../../../streams/live/sources';
import { barometer } from '../../src/cli/barometer';
import { FeedServer, wait } from './support/feedServer';
import { expectNoLeftovers } from './support/leftovers';
import { pacedServer } from './support/pacedServer';

const now = (): number => Math.floor((performance.timeOrigin + performance.now()) * 1_000);
const frame = (id: number, symbol = 'A', time = now()): string =>
  JSON.stringify({ symbol, time, price: 100, size: 1, id });

const folder = mkdtempSync(join(tmpdir(), 'barometer feeds '));
let server: FeedServer;
beforeEach(async () => {
  server = await FeedServer.open();
});
afterEach(async () => {
  await server.close();
});
expectNoLeftovers();
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const venue = () =>
  webSocket(server.url, { format: 'ticks', name: 'venue', subscribe: ['please'] });

/** Keeps its thread for so long at each bar, as a slow strategy does. */
const sleeper = (ms: number): Strategy => ({
  name: 'sleeper',
  onBar: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  },
});

test('a bar of a quiet symbol leaves without a further tick, and the coordinator is idle', async () => {
  const run = live(venue(), { bars: '1s' });
  const lags: number[] = [];
  run.bars$.subscribe(({ end }) => lags.push((now() - end) / 1_000));
  run.start();
  await server.connected();
  server.send(frame(1));
  await wait(4_000);
  run.stop();
  const report = await run.done;
  expect(lags).toHaveLength(1);
  expect(lags[0]).toBeGreaterThanOrEqual(250);
  // 50 ms on an idle machine.
  expect(lags[0]).toBeLessThan(1_250);
  expect(server.received).toEqual(['please']);
  expect(report.stages.coordinator.idleShare).toBeGreaterThan(0.95);
  expect(report.verdict.culprit).toBe('none');
});

test('items that come while a strategy works are counted by the time at which they were received', async () => {
  const paced = await pacedServer({ gapMs: 10, count: 800 });
  const source = webSocket(paced.url, { format: 'ticks' });
  const record = join(folder, 'slow.gz');
  const run = live(source, { bars: 'tick', record, strategies: [sleeper(6)] });
  const journal = join(folder, 'slow.ndjson');
  const written = recordJournal(run, {
    path: journal,
    ...(run.timings === undefined ? {} : { timings: run.timings }),
  });
  run.start();
  const { sentAt } = await paced.sent;
  await wait(1_500);
  run.stop();
  const { edges, stages } = await run.done;
  await written.closed;
  await paced.close();
  // What a server of these service times would count by the times at which the frames were sent.
  const { meanMs } = stages.analysis;
  let free = -Infinity;
  let notReady = 0;
  for (const at of sentAt) {
    if (free > at) notReady += 1;
    free = Math.max(free, at) + meanMs;
  }
  const counted = Number(edges['processor-analysis'].backpressure);
  console.log(`omission: sent ${notReady}, counted ${counted}, mean service ${meanMs} ms`);
  expect(notReady).toBeGreaterThan(300);
  expect(Math.abs(counted - notReady) / notReady).toBeLessThan(0.15);

  // The recording, in simulated time with the recorded service times, predicts what was counted.
  const serviceTimes = recordedServiceTimes(readTimings(timingsPathOf(journal)));
  const options = { bars: 'tick', time: 'simulated', serviceTimes } as const;
  const predicted = await live(recording(record), options).start().done;
  for (const edge of ['coordinator-processor', 'processor-analysis'] as const) {
    const [real, simulated] = [edges[edge].share, predicted.edges[edge].share];
    console.log(`prediction, ${edge}: ${simulated} of ${real}`);
    expect(Math.abs(simulated - real)).toBeLessThan(0.03);
  }
}, 60_000);

test('a full ingress drops exactly what does not fit, and never makes the venue wait', async () => {
  const paced = await pacedServer({ gapMs: 1, count: 8_000 });
  const record = join(folder, 'dropped.gz');
  const bars: Bar[] = [];
  const source = webSocket(paced.url, { format: 'ticks' });
  const run = live(source, { bars: '1s', ingress: 1_000, record, strategies: [sleeper(3_000)] });
  run.bars$.subscribe((bar) => bars.push(bar));
  run.start();
  const { sentAt, mostBuffered } = await paced.sent;
  await wait(4_000);
  run.stop();
  const report = await run.done;
  await paced.close();
  const dropped = Number(report.feed?.dropped);
  expect(report.feed).toMatchObject({ received: String(sentAt.length), missing: '0' });
  expect(dropped).toBeGreaterThan(100);
  expect(sentAt.length).toBe(Number(report.bars.ticks) + dropped + Number(report.feed?.late));
  expect(mostBuffered).toBeLessThan(1_000_000);
  const again: Bar[] = [];
  const replayed = live(recording(record), { bars: '1s', time: 'simulated' });
  replayed.bars$.subscribe((bar) => again.push(bar));
  const second = await replayed.start().done;
  expect(second.feed).toEqual(report.feed);
  expect(again).toEqual(bars);
  // Bars say what they lack; a window that lost all its rows has no bar.
  expect(bars.reduce((sum, { gap = 0 }) => sum + gap, 0)).toBeGreaterThan(0);
}, 60_000);

test('a silent connection is taken for dead, and a frame too long ends one', async () => {
  const run = live(venue(), { bars: '1s', stale: 1_000 });
  const reasons: string[] = [];
  run.events$.subscribe((event) => {
    if (event.type === 'disconnected') reasons.push(event.reason);
  });
  run.start();
  await server.connected();
  await wait(1_000);
  while (server.connections < 2) await wait(50);
  await server.connected();
  server.send('x'.repeat(2 * 1024 * 1024));
  while (server.connections < 3) await wait(50);
  run.stop();
  const report = await run.done;
  expect(reasons[0]).toMatch(/^stale: no frame for 1 s/);
  expect(reasons.some((reason) => /payload/i.test(reason))).toBe(true);
  expect(Number(report.feed?.reconnects)).toBeGreaterThanOrEqual(2);
}, 60_000);

test('a venue that refuses the connection fails the run', async () => {
  server.refusesWith = 404;
  await expect(live(venue(), { bars: '1s' }).start().done).rejects.toThrow(
    /refused the connection with status 404/,
  );
});

test('sources in code end the run when they end, and are told from others', async () => {
  async function* ticks(): AsyncGenerator<LiveTick> {
    for (let id = 1; id <= 20; id += 1) {
      await wait(100);
      yield { symbol: 'A', time: now(), price: id, id };
    }
  }
  const more$ = new Subject<LiveTick>();
  const run = live([fromAsyncIterable(ticks(), 'iterable'), fromObservable(more$, 'observable')], {
    bars: '1s',
  });
  run.start();
  await wait(1_000);
  more$.next({ symbol: 'B', time: now(), price: 1 });
  more$.complete();
  const report = await run.done;
  expect(report.run.outcome).toBeUndefined();
  expect(report.feed).toMatchObject({
    received: '21',
    bySource: { iterable: { isInCode: true, received: '20' }, observable: { received: '1' } },
  });
}, 60_000);

test('a run that is stopped at once counts what it gives up, and so does its recording', async () => {
  const paced = await pacedServer({ gapMs: 1, count: 6_000 });
  const record = join(folder, 'discarded.gz');
  const run = live(webSocket(paced.url, { format: 'ticks' }), { bars: 'tick', record });
  run.start();
  await wait(2_000);
  run.pause();
  await paced.sent;
  run.stop();
  const report = await run.done;
  await paced.close();
  const { received, discarded, late } = report.feed ?? {};
  expect(Number(discarded)).toBeGreaterThan(0);
  expect(Number(received)).toBe(Number(report.bars.ticks) + Number(discarded) + Number(late));
  const again = await live(recording(record), { bars: 'tick', time: 'simulated' }).start().done;
  expect(again.feed).toMatchObject({ received, discarded, late });
}, 60_000);

test('a recording that cannot be written is said, and the run goes on', async () => {
  const run = live(venue(), { bars: '1s', record: join(folder, 'no such folder', 'x.gz') });
  run.start();
  await server.connected();
  server.send(frame(1));
  await wait(2_000);
  run.stop();
  const { feed, bars } = await run.done;
  expect(feed?.unrecorded).toMatch(/ENOENT/);
  expect(bars).toMatchObject({ ticks: '1', base: '1' });
}, 60_000);

test('a feed goes on from a history by id; then its clock starts', async () => {
  const start = now() - 60e6;
  const history = join(folder, 'history.txt');
  const text = (id: number, time: number): string =>
    `{"e":"trade","s":"A","t":${id},"p":"1","q":"1","T":${Math.floor(time / 1_000)}}`;
  writeFileSync(
    history,
    Array.from(
      { length: 50 },
      (_, i) => `${start + i * 1e6}000 ${text(i, start + i * 1e6)}\n`,
    ).join(''),
  );
  const source = webSocket(server.url, { format: 'binance-frames' });
  const run = live(source, { bars: '1s', historyFiles: [history] });
  const modes: string[] = [];
  run.mode$.subscribe((mode) => modes.push(mode));
  run.start();
  await server.connected();
  for (let id = 40; id < 80; id += 1) {
    server.send(text(id, now()));
    await wait(50);
  }
  await wait(1_500);
  run.stop();
  const { feed, bars } = await run.done;
  expect(modes).toEqual(['data', 'clock']);
  expect(feed).toMatchObject({ received: '40', duplicate: '10', missing: '0', dropped: '0' });
  expect(bars.ticks).toBe('80');
}, 60_000);

test('Ctrl-C ends a run in order: the recording is whole, and the journal says stopped', async () => {
  const signals = new EventEmitter();
  const record = join(folder, 'interrupted.gz');
  const journal = join(folder, 'interrupted.ndjson');
  const printed = barometer(
    [
      'live',
      server.url,
      '--format',
      'ticks',
      '--bars',
      '1s',
      '--json',
      '--record',
      record,
      '--journal',
      journal,
    ],
    { signals },
  );
  await server.connected();
  for (let i = 0; i < 20; i += 1) {
    server.send(frame(i));
    await wait(100);
  }
  signals.emit('SIGINT');
  const { code, stdout } = await printed;
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({
    run: { outcome: 'stopped' },
    feed: { received: '20' },
  });
  expect(gunzipSync(readFileSync(record)).toString()).toMatch(/ #end\n$/);
  expect(readFileSync(journal, 'utf8')).toContain('"outcome":"stopped"');
}, 60_000);

test('a recording of a process that was killed is readable to the last second', async () => {
  const record = join(folder, 'killed.gz');
  const argv = ['live', server.url, '--format', 'ticks', '--journal', 'none', '--record', record];
  const child = spawn(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', 'src/cli/main.ts', ...argv],
    { cwd: join(__dirname, '../../..'), stdio: 'ignore' },
  );
  await server.connected();
  const sentAt: number[] = [];
  for (let i = 0; i < 400; i += 1) {
    if (server.send(frame(i))) sentAt.push(performance.now());
    await wait(10);
  }
  child.kill('SIGKILL');
  const killedAt = performance.now();
  await wait(200);
  expect(existsSync(record)).toBe(true);
  const run = live(recording(record), { bars: '1s', time: 'simulated' });
  const { feed } = await run.start().done;
  // A second between flushes, and half of one for a busy machine.
  const flushed = sentAt.filter((at) => at < killedAt - 1_500).length;
  expect(Number(feed?.received)).toBeGreaterThanOrEqual(flushed);
  expect(feed?.bad).toBe('0');
  expect(flushed).toBeGreaterThan(50);
}, 60_000);
