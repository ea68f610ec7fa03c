import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from '../../../src/report';
import type { Status } from '../../../src/views/status';
import { openNats } from '../../../streams/nats/openNats';
import { bench } from '../../faults/processes';
import type { Ended, Running } from '../../faults/processes';
import { itWith } from '../../support/itWith';
import { startNats } from '../../support/natsServer';
import type { NatsServer } from '../../support/natsServer';

const { file, path, start, run } = bench();
const withServer = itWith('nats-server');

jest.setTimeout(300_000);

let nats: NatsServer;
beforeAll(async () => {
  if (withServer === it) nats = await startNats();
});
afterAll(async () => {
  if (withServer === it) await nats.stop();
});

const SYMBOLS = ['AAA', 'B/B', 'C.C'];

/** Frames of some seconds from now on, so that no row is late: as a venue would send them. */
const frame = (id: number): string =>
  JSON.stringify({
    symbol: SYMBOLS[id % 3],
    time: Date.now() * 1_000,
    price: 100 + (id % 7),
    size: 1,
    id: Math.floor(id / 3) + 1,
  });

const live = (...argv: readonly string[]): readonly string[] => [
  ...['live', '--bars', '1s', '--record', 'none', '--quiet', '--json', ...argv],
];

const reportOf = async ({ child, ended }: Running): Promise<Report> => {
  child.kill('SIGINT');
  const { stdout, stderr } = await ended;
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
};

/** The state of all partitions, when it is as it should be. */
async function foundWhen<T>(command: string, name: string, isReached: (found: T) => boolean) {
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    const { stdout } = await run([command, `${nats.url}/${name}`, '--json']);
    if (stdout !== '') {
      const found = JSON.parse(stdout) as T;
      if (isReached(found)) return found;
    }
    await wait(200);
  }
  throw new Error(`the partitions of ${name} do not come that far`);
}
const statusWhen = (name: string, isReached: (found: Status) => boolean): Promise<Status> =>
  foundWhen('status', name, isReached);

/** Waits until a publication holds so many messages, or is there at all. */
async function published(name: string): Promise<void> {
  const { manager, close } = await openNats(nats.url);
  while ((await manager.streams.info(name).catch(() => undefined)) === undefined) await wait(50);
  await close();
}

/** A publisher that reads frames from its standard input. */
async function publisher(name: string): Promise<{ feed: Running; send: (count: number) => void }> {
  const feed = start(live('-', '--format', 'ticks', '--publish', `${nats.url}/${name}`), {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may have ended.
  feed.child.stdin?.on('error', () => undefined);
  await published(name);
  let id = 0;
  return {
    feed,
    send: (count) => {
      for (let i = 0; i < count; i += 1) feed.child.stdin?.write(`${frame(id++)}\n`);
    },
  };
}

/** Whether so many partitions are connected. */
const areConnected =
  (count: number) =>
  ({ feed }: Status) =>
    Object.keys(feed?.bySource ?? {}).length >= count;

/** Whether the partitions have taken so many rows, in order and without a gap. */
const hasReceived = (rows: number) => (found: Status) => found.feed?.received === String(rows);

withServer(
  'partitions by symbol have every row once, in order; their folded state is one run’s',
  async () => {
    const { feed, send } = await publisher('rows');
    const partitions = ['AAA', 'B/B,C.C'].map((symbols) =>
      start(live(`${nats.url}/rows.${encodeURIComponent(symbols)}`)),
    );
    expect((await statusWhen('rows', areConnected(2))).mergedOf).toBe(2);
    for (let i = 0; i < 20; i += 1) {
      send(30);
      await wait(20);
    }
    const all = await statusWhen('rows', hasReceived(600));
    expect(all.feed).toMatchObject({ missing: '0', gaps: '0', duplicate: '0' });
    const reports = await Promise.all(partitions.map(reportOf));
    const received = reports.map(({ feed: found }) => found?.received);
    expect(received).toEqual(['200', '400']);
    expect((await reportOf(feed)).feed?.received).toBe('600');
  },
);

withServer('the server restarts while rows come: none is missing', async () => {
  const { feed, send } = await publisher('restart');
  const partition = start(live(`${nats.url}/restart`));
  await statusWhen('restart', areConnected(1));
  send(300);
  await nats.restart();
  send(300);
  await statusWhen('restart', hasReceived(600));
  const { feed: found } = await reportOf(partition);
  expect(found).toMatchObject({ received: '600', missing: '0', duplicate: '0' });
  await reportOf(feed);
});

withServer(
  'a partition that is killed takes what was published before as its history',
  async () => {
    const { feed, send } = await publisher('killed');
    const first = start(live(`${nats.url}/killed`));
    await statusWhen('killed', areConnected(1));
    send(300);
    await statusWhen('killed', hasReceived(300));
    first.child.kill('SIGKILL');
    await first.ended;
    send(30);
    const second = start(live(`${nats.url}/killed`, '--backlog'));
    await statusWhen('killed', ({ edges }) => edges['coordinator-processor']?.delivered !== '0');
    send(30);
    await statusWhen('killed', hasReceived(30));
    const { bars, feed: found } = await reportOf(second);
    expect(found).toMatchObject({ missing: '0', gaps: '0' });
    expect(bars.ticks).toBe('360');
    await reportOf(feed);
  },
);

withServer('rows that never reached the stream are a gap', async () => {
  const { feed, send } = await publisher('gap');
  const partition = start(live(`${nats.url}/gap`));
  await statusWhen('gap', areConnected(1));
  send(3);
  await statusWhen('gap', hasReceived(3));
  const tick = (id: number): string =>
    JSON.stringify({ symbol: 'AAA', time: Date.now() * 1_000, price: 1, size: 1, id });
  // The venue's own ids say that rows are missing; when their bar closes, so do ours.
  for (let id = 7; ; id += 1) {
    feed.child.stdin?.write(`${tick(id)}\n`);
    const { feed: found } = await statusWhen('gap', () => true);
    if (found?.gaps === '0') continue;
    expect(found).toMatchObject({ gaps: '1', missing: '5' });
    break;
  }
  await reportOf(partition);
  await reportOf(feed);
});

withServer('a second publisher of a symbol is refused', async () => {
  const one = await publisher('twice');
  const other = await publisher('twice');
  let over: Ended | undefined;
  void Promise.race([one.feed.ended, other.feed.ended]).then((ended) => (over = ended));
  while (over === undefined) {
    one.send(3);
    other.send(3);
    await wait(100);
  }
  expect([over.code, over.stderr.includes('somebody else publishes')]).toEqual([1, true]);
});

test('addresses of feeds are checked before anything runs', async () => {
  const { code, stderr } = await run(['live', 'nats://localhost/', '--journal', path('none')]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('rows.BTCUSDT')]);
  expect(file('x', '')).toContain('x');
});
