import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Report } from '../../../src/report';
import { FeedServer, wait } from '../../streams/live/support/feedServer';
import { expectNoLeftovers } from '../../streams/live/support/leftovers';
import { barometer, folder } from './barometer';

const checkout = join(__dirname, '../../..');
const { path, file } = folder();
let server: FeedServer;
beforeEach(async () => {
  server = await FeedServer.open();
});
afterEach(async () => {
  await server.close();
});
expectNoLeftovers();

const iso = (): string => new Date().toISOString();

/** A venue as its documentation shows it; ids are the frames' order. */
interface Fake {
  readonly feed: string;
  readonly path: string;
  readonly subscribed: readonly unknown[];
  /** Acknowledgements, heartbeats and the like. */
  readonly others: () => readonly string[];
  readonly trade: (id: number) => string;
  readonly symbol: string;
}

const FAKES: readonly Fake[] = [
  {
    // https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
    feed: 'binance:btcusdt@trade,ethusdt@trade',
    path: '/stream?streams=btcusdt@trade/ethusdt@trade',
    subscribed: [],
    others: () => ['{"result":null,"id":1}'],
    trade: (id) =>
      `{"stream":"btcusdt@trade","data":{"e":"trade","E":${Date.now()},"s":"BTCUSDT","t":${id},"p":"61837.63","q":"0.02","T":${Date.now()},"m":true,"M":true}}`,
    symbol: 'BTCUSDT',
  },
  {
    // https://docs.cdp.coinbase.com/exchange/websocket-feed/channels
    feed: 'coinbase:BTC-USD',
    path: '/',
    subscribed: [{ type: 'subscribe', product_ids: ['BTC-USD'], channels: ['matches'] }],
    others: () => [
      '{"type":"subscriptions","channels":[{"name":"matches","product_ids":["BTC-USD"]}]}',
      `{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"${iso()}"}`,
    ],
    trade: (id) =>
      `{"type":"match","trade_id":${id},"sequence":${50 + id},"maker_order_id":"ac928c66","taker_order_id":"132fb6ae","time":"${iso()}","product_id":"BTC-USD","size":"5.23512","price":"400.23","side":"sell"}`,
    symbol: 'BTC-USD',
  },
  {
    // https://docs.kraken.com/api/docs/websocket-v2/trade
    feed: 'kraken:MATIC/USD',
    path: '/v2',
    subscribed: [
      { method: 'subscribe', params: { channel: 'trade', symbol: ['MATIC/USD'], snapshot: false } },
    ],
    others: () => [
      '{"channel":"status","type":"update","data":[{"version":"2.0.0","system":"online","api_version":"v2","connection_id":12}]}',
      '{"method":"subscribe","result":{"channel":"trade","snapshot":false,"symbol":"MATIC/USD"},"success":true}',
      '{"channel":"heartbeat"}',
    ],
    trade: (id) =>
      `{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":${id},"timestamp":"${iso()}"}]}`,
    symbol: 'MATIC/USD',
  },
];

test.each(FAKES.map((fake) => [fake.feed, fake] as const))(
  '%s is asked for and read as its venue documents it',
  async (_, { feed, path: expectedPath, subscribed, others, trade, symbol }) => {
    const signals = new EventEmitter();
    const record = path(`${symbol.replace('/', '-')}.gz`);
    const printed = barometer(
      ['live', feed, '--url', server.url, '--bars', '1s', '--json', '--record', record],
      { signals },
    );
    await server.connected();
    for (const text of others()) server.send(text);
    // One comes twice, and two never.
    for (const id of [1, 2, 3, 3, 6, 7]) {
      server.send(trade(id));
      await wait(50);
    }
    await wait(1_500);
    signals.emit('SIGINT');
    const { code, stdout } = await printed;
    expect(code).toBe(130);
    expect(server.paths).toEqual([expectedPath]);
    expect(server.received.map((text) => JSON.parse(text) as unknown)).toEqual(subscribed);
    const none = { late: '0', implausible: '0', dropped: '0', bad: '0', discarded: '0' };
    const counts = { received: '6', duplicate: '1', missing: '2', gaps: '1', other: '0', ...none };
    const { feed: found, bars } = JSON.parse(stdout) as Report;
    const other = String(others().length);
    const all = { ...counts, other, received: String(6 + others().length), reconnects: '0' };
    expect(found).toEqual({
      ...all,
      lagP99Ms: expect.any(Number) as number,
      bySymbol: { [symbol]: counts },
      bySource: { [feed]: { ...all, skewMs: expect.any(Number) as number } },
      firstGaps: [`${symbol}: 2 missing, id 4 to 5, of ${feed}`],
    });
    expect(bars.ticks).toBe('5');
    expect(gunzipSync(readFileSync(record)).toString()).toContain(trade(7).slice(0, 30));
  },
  60_000,
);

test('--subscribe sends its texts after each connection', async () => {
  const signals = new EventEmitter();
  const printed = barometer(
    [
      ...['live', server.url, '--format', 'ticks', '--journal', 'none', '--json', '--stale', '30s'],
      ...['--subscribe', '{"subscribe":"A"}', '--subscribe', '{"subscribe":"B"}'],
    ],
    { signals },
  );
  await server.connected();
  while (server.received.length < 2) await wait(10);
  server.cut();
  await server.connected();
  while (server.received.length < 4) await wait(10);
  signals.emit('SIGINT');
  const { code, stdout } = await printed;
  expect(code).toBe(130);
  expect(server.received).toEqual([
    '{"subscribe":"A"}',
    '{"subscribe":"B"}',
    '{"subscribe":"A"}',
    '{"subscribe":"B"}',
  ]);
  expect((JSON.parse(stdout) as Report).feed?.reconnects).toBe('1');
}, 60_000);

test('- reads the standard input to its end', async () => {
  const argv = ['live', '-', '--format', 'binance-frames', '--bars', 'tick', '--json'];
  const child = spawn(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', 'src/cli/main.ts', ...argv, '--journal', 'none'],
    { cwd: checkout, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let stdout = '';
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  const ended = new Promise<number>((resolve) => child.once('close', resolve));
  const frames = [1, 2, 4].map(
    (id) => `{"e":"trade","s":"BTCUSDT","t":${id},"p":"1.5","q":"1","T":${Date.now()}}\r\n`,
  );
  child.stdin.write(`\n${frames.slice(0, 2).join('')}${frames[2]?.slice(0, 20)}`);
  await wait(200);
  child.stdin.end(`${frames[2]?.slice(20)}{"half`);
  expect(await ended).toBe(0);
  expect((JSON.parse(stdout) as Report).feed).toMatchObject({
    received: '4',
    missing: '1',
    bad: '1',
    bySource: { stdin: { received: '4' } },
  });
}, 60_000);

test('a second Ctrl-C ends the run at once, and counts what it gives up', async () => {
  const signals = new EventEmitter();
  const journal = path('twice.ndjson');
  const module = join(checkout, 'spec/streams/live/support/slowStrategy.cjs');
  const printed = barometer(
    [
      ...['live', server.url, '--format', 'ticks', '--bars', 'tick', '--json'],
      ...['--strategy', module, '--journal', journal, '--record', path('twice.gz')],
    ],
    { signals },
  );
  await server.connected();
  // A minute of work.
  for (let id = 0; id < 1_200; id += 1) {
    server.send(JSON.stringify({ symbol: 'A', time: Date.now(), price: 1, id }));
  }
  await wait(1_500);
  signals.emit('SIGINT');
  await wait(500);
  signals.emit('SIGINT');
  const { code, stdout } = await printed;
  const { run, feed, stages, bars } = JSON.parse(stdout) as Report;
  expect(code).toBe(130);
  expect(run.outcome).toBe('stopped');
  expect(feed?.received).toBe('1200');
  expect(Number(bars.ticks) + Number(feed?.discarded)).toBe(1_200);
  // Without it all would have been served.
  expect(Number(stages.analysis.items)).toBeLessThan(1_200);
  expect(readFileSync(journal, 'utf8')).toContain('"outcome":"stopped"');
}, 120_000);

test('a history of files and a feed end with exit code 0, and their hole is named', async () => {
  const START = 1_723_161_240_000;
  const line = (id: number): string =>
    `${START + id * 100}000000 {"e":"trade","s":"BTCUSDT","t":${id},"p":"${id}","q":"1","T":${START + id * 100}}\n`;
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => line(from + i)).join('');
  const history = file('history.txt', lines(0, 100));
  const rest = file('rest.txt', lines(149, 300));
  const { code, stdout } = await barometer([
    ...['live', rest, '--history', history, '--bars', '1s', '--time', 'simulated', '--json'],
  ]);
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as Report).feed).toMatchObject({
    missing: '49',
    firstGaps: [`BTCUSDT: 49 missing, id 100 to 148, of ${rest}`],
  });
});
