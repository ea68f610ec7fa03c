import type { Bar, ReplayOptions, Run } from '../../src';
import { openFiles, replay } from '../../src';
import { intervalName } from '../../streams';
import { describeWithSharedData, sharedData } from '../support/sharedData';
import {
  barRow,
  barsBySql,
  binanceTrades,
  quotes,
  recordedBars,
  withoutVolume,
} from './duckdbBars';
import type { BarRow, RawRows } from './duckdbBars';

const S = 1_000_000;
const M = 60 * S;

async function barsOf(run: Run): Promise<Bar[]> {
  const bars: Bar[] = [];
  run.bars$.subscribe((bar) => bars.push(bar));
  await run.start().done;
  return bars;
}

/** A replay's bars of one length, compared with SQL's: all equal, but for sums that differ in their last digits. */
function expectEqual(bars: readonly Bar[], length: number, sql: readonly BarRow[]): void {
  const ours = bars.filter(({ interval }) => interval === intervalName(length)).map(barRow);
  ours.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  expect(withoutVolume(ours)).toEqual(withoutVolume(sql));
  for (const [index, row] of ours.entries()) {
    const sum = (sql[index] as BarRow)[6];
    expect(Math.abs(row[6] - sum)).toBeLessThanOrEqual(1e-12 * Math.abs(sum) * row[7] + 1e-12);
  }
}

jest.setTimeout(60_000);

describeWithSharedData('law 7: bars equal what SQL says over the same files', () => {
  test.each<[string, Readonly<Record<string, RawRows>>, number, readonly number[], ReplayOptions]>([
    [
      'Binance trades of two symbols',
      {
        'binance-spot/BTCUSDT-trades-2024-08-08.zip': binanceTrades('BTCUSDT'),
        'binance-spot/ETHUSDT-trades-2024-08-08.zip': binanceTrades('ETHUSDT'),
      },
      S,
      [5 * S, M],
      { speed: 1_000 },
    ],
    [
      'FX quotes of two symbols',
      {
        'fx/EURUSD-quotes-2014-05-02.csv.gz': quotes,
        'fx/NZDUSD-quotes-2014-05-02.csv.gz': quotes,
      },
      M,
      [5 * M],
      { mode: 'data' },
    ],
    [
      'a month of recorded minutes',
      { 'generic/btc-perp-1m-bars.csv': recordedBars('BTC-PERP') },
      M,
      [5 * M, 15 * M, 60 * M],
      { mode: 'data' },
    ],
  ])('%s', async (_title, files, base, derived, options) => {
    const paths = Object.keys(files).map(sharedData);
    const sources = await openFiles(paths, {
      ...(paths.length === 1 ? { symbol: 'BTC-PERP' } : {}),
    });
    const bars = await barsOf(
      replay(sources, { ...options, bars: intervalName(base), derive: derived.map(intervalName) }),
    );
    const lengths = [base, ...derived];
    const tables: BarRow[][] = lengths.map(() => []);
    for (const [file, rows] of Object.entries(files)) {
      const ofFile = await barsBySql(sharedData(file), rows, lengths);
      ofFile.forEach((table, index) => (tables[index] as BarRow[]).push(...table));
    }
    lengths.forEach((length, index) => {
      const sql = (tables[index] as BarRow[]).sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
      expect(sql.length).toBeGreaterThan(0);
      expectEqual(bars, length, sql);
    });
    const coverage = bars.reduce((sum, bar) => sum + (bar.coverage ?? 0), 0);
    const baseBars = bars.filter((bar) => bar.coverage === undefined).length;
    expect(coverage).toBe(baseBars * derived.length);
  });
});
