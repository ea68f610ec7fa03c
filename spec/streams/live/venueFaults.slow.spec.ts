import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { live } from '../../../src/live';
import type { Bar, Strategy } from '../../../streams';
import { WebSocketConnection } from '../../../streams/live/connection/webSocketConnection';
import { recording, webSocket } from '../../../streams/live/sources';
import { FeedServer, wait } from './support/feedServer';
import { expectNoLeftovers } from './support/leftovers';
import { pacedServer } from './support/pacedServer';

const folder = mkdtempSync(join(tmpdir(), 'barometer venues '));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
expectNoLeftovers();

const now = (): number => Math.floor((performance.timeOrigin + performance.now()) * 1_000);
const frame = (id: number): string =>
  JSON.stringify({ symbol: 'A', time: now(), price: 100, size: 1, id });

describe('a venue that cuts clients that do not read', () => {
  // 20 MB in 5 s: more than the buffers of two sockets hold.
  const venue = { gapMs: 1, count: 5_000, padding: 4_000, patience: 1024 * 1024 };

  test('cuts one whose socket is paused', async () => {
    const paced = await pacedServer(venue);
    const client = new WebSocket(paced.url);
    client.on('error', () => undefined);
    client.on('open', () => {
      client.pause();
    });
    const { isCut } = await paced.sent;
    client.terminate();
    await paced.close();
    expect(isCut).toBe(true);
  }, 60_000);

  test('never cuts us, though the strategies sleep', async () => {
    const paced = await pacedServer(venue);
    const sleeper: Strategy = {
      name: 'sleeper',
      onBar: () => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);
      },
    };
    const source = webSocket(paced.url, { format: 'ticks' });
    const run = live(source, { bars: '1s', ingress: 500, strategies: [sleeper] });
    run.start();
    const { isCut, sentAt } = await paced.sent;
    await wait(500);
    run.stop();
    const { feed } = await run.done;
    await paced.close();
    expect({ isCut, reconnects: feed?.reconnects }).toEqual({ isCut: false, reconnects: '0' });
    expect(feed?.received).toBe(String(sentAt.length));
    expect(Number(feed?.dropped)).toBeGreaterThan(0);
  }, 60_000);
});

test('a handshake that takes too long is given up and tried again', async () => {
  const server = await FeedServer.open();
  server.handshakeMs = 5_000;
  const closed: string[] = [];
  let opened = 0;
  const frames: string[] = [];
  const connection = new WebSocketConnection(
    { url: server.url, subscribe: [], staleMs: 30_000, handshakeMs: 200, random: () => 0 },
    {
      opened: () => (opened += 1),
      closed: (reason) => {
        closed.push(reason);
        server.handshakeMs = 0;
      },
      text: (text) => frames.push(text),
      bytes: () => undefined,
      ended: () => undefined,
      failed: () => undefined,
    },
  );
  await server.connected();
  server.send('hello');
  while (frames.length === 0) await wait(10);
  await connection.close();
  await server.close();
  expect(closed[0]).toMatch(/handshake has timed out/);
  expect(opened).toBe(1);
}, 60_000);

test('with a full disk the recording ends, is readable until then, and the run goes on', async () => {
  const server = await FeedServer.open();
  const record = join(folder, 'full.txt');
  const argv = ['live', server.url, '--format', 'ticks', '--bars', '1s', '--json'];
  const command = `ulimit -f 64; exec "$0" -r ts-node/register/transpile-only src/cli/main.ts "$@"`;
  const child = spawn(
    'bash',
    ['-c', command, process.execPath, ...argv, '--journal', 'none', '--record', record],
    { cwd: join(__dirname, '../../..') },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await server.connected();
  // A unit of `ulimit -f` is 1,024 bytes with bash.
  let sent = 0;
  for (; !stderr.includes('the recording has ended') && sent < 20_000; sent += 1) {
    server.send(frame(sent));
    if (sent % 20 === 0) await wait(5);
  }
  for (let i = 0; i < 10; i += 1) {
    server.send(frame((sent += 1) - 1));
    await wait(20);
  }
  child.kill('SIGINT');
  await ended;
  await server.close();
  expect(stderr).toMatch(/the recording has ended: (EFBIG|ENOSPC)/);
  const { feed } = JSON.parse(stdout) as { feed: Record<string, unknown> };
  expect(feed['received']).toBe(String(sent));
  expect(feed['unrecorded']).toMatch(/EFBIG|ENOSPC/);
  expect(statSync(record).size).toBeLessThanOrEqual(64 * 1024);
  const again = await live(recording(record), { bars: '1s', time: 'simulated' }).start().done;
  expect(Number(again.feed?.received)).toBeGreaterThan(100);
  expect(again.feed?.bad).toBe('0');
}, 60_000);

test('with threads the bars and counts are those of one thread, gaps included', async () => {
  const paced = await pacedServer({ gapMs: 2, count: 2_500 });
  const record = join(folder, 'threads.gz');
  const module = { module: join(__dirname, 'support/gapStrategy.cjs') };
  const bars: Bar[] = [];
  const gaps: (string | undefined)[] = [];
  const run = live(webSocket(paced.url, { format: 'ticks' }), {
    bars: '1s',
    derive: ['2s'],
    ingress: 200,
    record,
    threads: true,
    strategies: [module],
  });
  run.bars$.subscribe((bar) => bars.push(bar));
  run.signals$.subscribe(({ note }) => gaps.push(note));
  run.start();
  while (bars.length === 0) await wait(20);
  // While the coordinator's thread sleeps, the ingress drops.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
  await paced.sent;
  await wait(1_500);
  run.stop();
  const report = await run.done;
  await paced.close();

  const again: Bar[] = [];
  const replayed = live(recording(record), { bars: '1s', derive: ['2s'], time: 'simulated' });
  replayed.bars$.subscribe((bar) => again.push(bar));
  const second = await replayed.start().done;
  const byEnd = (all: readonly Bar[]) =>
    [...all].sort((a, b) => a.end - b.end || a.interval.localeCompare(b.interval));
  expect(byEnd(bars)).toEqual(byEnd(again));
  expect(second.feed).toEqual(report.feed);
  expect(Number(report.feed?.dropped)).toBeGreaterThan(0);
  expect(report.bars).toEqual(second.bars);
  expect(gaps.sort()).toEqual(again.map(({ gap = 0 }) => `lacks ${gap}`).sort());
}, 60_000);
