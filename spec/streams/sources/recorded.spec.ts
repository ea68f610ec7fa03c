import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openPromise } from 'yauzl';
import type { FileOptions } from '../../../streams/sources';
import { mergeRows, openFiles } from '../../../streams/sources';
import { describeWithSharedData, sharedData } from '../../support/sharedData';
import { decodeDbn } from './decodeDbn';
import { readRows } from './readAll';

const folder = mkdtempSync(join(tmpdir(), 'recorded-spec-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Another way into a zip than ours: DuckDB reads what this leaves behind. */
async function unpacked(path: string): Promise<string> {
  if (!path.endsWith('.zip')) return path;
  const zip = await openPromise(path);
  const pieces: Buffer[] = [];
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
    break;
  }
  const target = join(folder, 'unpacked.csv');
  writeFileSync(target, Buffer.concat(pieces));
  return target;
}

interface Case {
  readonly file: string;
  readonly rows: number;
  /** Time, price and size in DuckDB's own reading of the file, where `$` is the file. */
  readonly sql: string;
  readonly format: string;
  readonly symbol: string;
  readonly interval?: number;
  readonly options?: FileOptions;
  readonly skipped?: Readonly<Record<string, number>>;
}

/** Frames by DuckDB's own JSON: the number before each line, and what is in it. */
const frames = (kind: string, columns: string): string => `
  SELECT ${columns.replace(/json\.data\.(\w+)/g, "(json->'data'->>'$1')")} FROM (
    SELECT split_part(line, ' ', 1)::BIGINT AS received,
      substr(line, strpos(line, ' ') + 1)::JSON AS json
    FROM read_csv('$', columns = {line: 'VARCHAR'}, delim = '\x01', quote = '', escape = '',
      header = false, auto_detect = false))
  WHERE json->>'stream' LIKE '%@${kind}'`;

const trades = (columns: string, file = '$'): string =>
  `SELECT ${columns} FROM read_csv('${file}', header = false, auto_detect = true)`;

describeWithSharedData('recorded files', () => {
  test.each<Case>([
    {
      file: 'binance-spot/BTCUSDT-trades-2024-08-08.zip',
      rows: 9757,
      sql: trades('column4 * 1000, column1, column2'),
      format: 'binance-trades',
      symbol: 'BTCUSDT',
    },
    {
      file: 'binance-spot/ETHUSDT-trades-2024-08-08.zip',
      rows: 6106,
      sql: trades('column4 * 1000, column1, column2'),
      format: 'binance-trades',
      symbol: 'ETHUSDT',
    },
    {
      file: 'binance-spot/XRPETH-aggTrades-2019-10.zip',
      rows: 12_477,
      sql: trades('column5 * 1000, column1, column2'),
      format: 'binance-agg-trades',
      symbol: 'XRPETH',
    },
    {
      file: 'binance-spot/ADABTC-1m-2021-11-27.csv',
      rows: 10,
      sql: trades('column00 * 1000, column04, column05'),
      format: 'binance-klines',
      symbol: 'ADABTC',
      interval: 60e6,
    },
    {
      file: 'fx/EURUSD-quotes-2014-05-02.csv.gz',
      rows: 96_406,
      sql: `SELECT timestamp, round((bid + ask) / 2, 8), 0 FROM '$'`,
      format: 'named',
      symbol: 'EURUSD',
    },
    {
      file: 'fx/NZDUSD-quotes-2014-05-02.csv.gz',
      rows: 73_439,
      sql: `SELECT timestamp, ask, 0 FROM '$'`,
      format: 'named',
      symbol: 'NZDUSD',
      options: { price: 'ask' },
    },
    {
      file: 'generic/usdjpy-quotes-iso.csv',
      rows: 1000,
      sql: `SELECT epoch_us(timestamp), round((bid + ask) / 2, 8), 0 FROM '$'`,
      format: 'named',
      symbol: 'USDJPY',
      options: { symbol: 'USDJPY' },
    },
    {
      file: 'generic/btc-perp-1m-bars.csv',
      rows: 45_031,
      sql: `SELECT epoch_us(timestamp), close, volume FROM '$'`,
      format: 'named',
      symbol: 'BTC',
      interval: 60e6,
      options: { symbol: 'BTC' },
    },
    {
      file: 'generic/btcusdt-trades.parquet',
      rows: 2001,
      sql: `SELECT epoch_us(timestamp), price, quantity FROM '$'`,
      format: 'named',
      symbol: 'BTCUSDT',
      options: { symbol: 'BTCUSDT' },
    },
    {
      file: 'tardis/bitmex_trades_XBTUSD.csv',
      rows: 10,
      sql: `SELECT local_timestamp, price, amount FROM '$'`,
      format: 'tardis-trades',
      symbol: 'XBTUSD',
    },
    {
      file: 'tardis/bitmex_trades_XBTUSD.csv',
      rows: 10,
      sql: `SELECT timestamp, price, amount FROM '$'`,
      format: 'tardis-trades',
      symbol: 'XBTUSD',
      options: { clock: 'exchange' },
    },
    {
      file: 'tardis/huobi-dm-swap_quotes_BTC-USD.csv',
      rows: 10,
      sql: `SELECT local_timestamp, round((bid_price + ask_price) / 2, 8), 0 FROM '$'`,
      format: 'tardis-quotes',
      symbol: 'BTC-USD',
    },
    {
      file: 'generic/eurusd-histdata-quotes.csv',
      rows: 9500,
      sql: `SELECT epoch_us(strptime(column0, '%Y%m%d %H%M%S%g')) + 5 * 3600000000,
          round((column1 + column2) / 2, 8), column3
        FROM read_csv('$', header = false, all_varchar = false, types = {'column0': 'VARCHAR'})`,
      format: 'histdata',
      symbol: 'EURUSD',
      options: { symbol: 'EURUSD' },
    },
    {
      file: 'binance-recorded/btcusdt_20240808.gz',
      rows: 9757,
      sql: frames('trade', 'received // 1000, json.data.p, json.data.q'),
      format: 'binance-frames',
      symbol: 'BTCUSDT',
      skipped: { bookTicker: 28_040, depthUpdate: 3451, snapshot: 1 },
    },
    {
      file: 'binance-recorded/ethusdt_20240808.gz',
      rows: 6106,
      sql: frames('trade', '(json.data.T)::BIGINT * 1000, json.data.p, json.data.q'),
      format: 'binance-frames',
      symbol: 'ETHUSDT',
      options: { clock: 'exchange' },
      skipped: { bookTicker: 24_077, depthUpdate: 3434, snapshot: 1 },
    },
    {
      file: 'binance-recorded/ethusdt_20240808.gz',
      rows: 24_077,
      sql: frames(
        'bookTicker',
        'received // 1000, round(((json.data.b)::DOUBLE + (json.data.a)::DOUBLE) / 2, 8), 0',
      ),
      format: 'binance-frames',
      symbol: 'ETHUSDT',
      options: { price: 'mid' },
      skipped: { trade: 6106, depthUpdate: 3434, snapshot: 1 },
    },
  ])(
    '$file, $format',
    async ({ file, rows, sql, format, symbol, interval = 0, options, skipped = {} }) => {
      const path = sharedData(file);
      const [source] = await openFiles([path], options);
      expect(source).toMatchObject({ name: path, format, interval });
      const read = await readRows(source?.batches() ?? []);
      expect(read).toHaveLength(rows);
      expect(new Set(read.map((row) => row.symbol))).toEqual(new Set([symbol]));
      expect(source?.counts()).toEqual({
        rows,
        outOfOrder: 0,
        badRows: 0,
        oneSided: 0,
        skipped,
      });

      const database = await DuckDBInstance.create();
      const connection = await database.connect();
      await connection.run("SET TimeZone = 'UTC'");
      const table = await unpacked(path);
      const query = sql.replaceAll('$', () => table);
      const columns = await (
        await connection.run(
          `SELECT time::DOUBLE, price::DOUBLE, size::DOUBLE FROM (${query}) t(time, price, size)`,
        )
      ).getColumns();
      connection.closeSync();
      expect(read.map((row) => row.time)).toEqual(columns[0]);
      expect(read.map((row) => row.close)).toEqual(columns[1]);
      expect(read.map((row) => row.volume)).toEqual(columns[2]);
    },
  );

  test.each([
    ['mbp-1_2024-07-01T23-58_2024-07-02T00-02', 2288, 0],
    ['trades_2024-07-01T23-58_2024-07-02T00-02', 120, 0],
    ['ohlcv-1m_2024-07-01T23-40_2024-07-02T00-10', 60, 60e6],
  ])('DBN, decoded another way: %s', async (name, count, interval) => {
    const path = sharedData(`databento/futures_${name}.dbn.zst`);
    const [source] = await openFiles([path]);
    expect(source).toMatchObject({ format: 'dbn', interval });
    const read = await readRows(source?.batches() ?? []);
    const expected = decodeDbn(path);
    expect(expected).toHaveLength(count);
    expect(read).toEqual(expected);
  });

  test('a header that names seven columns over eight is refused', async () => {
    const path = sharedData('malformed/seven-names-over-eight-columns.csv');
    await expect(openFiles([path], { symbol: 'X' })).rejects.toMatchObject({
      code: 'SOURCE_HEADER_MISMATCH',
      place: `${path}:2`,
    });
  });

  test('a recording that begins a second before the other is handed out first', async () => {
    const names = ['BTCUSDT', 'ETHUSDT'].map((symbol) =>
      sharedData(`binance-spot/${symbol}-trades-2024-08-08.zip`),
    );
    const rows = await readRows(mergeRows(await openFiles(names)));
    expect(rows).toHaveLength(15_863);
    expect(rows.every((row, at) => at === 0 || row.time >= (rows[at - 1]?.time ?? 0))).toBe(true);
    expect(rows[0]).toMatchObject({ symbol: 'BTCUSDT', time: 1_723_161_255_342_000 });
  });
});
