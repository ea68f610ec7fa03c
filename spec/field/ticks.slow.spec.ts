import { readFileSync } from 'node:fs';
import { describeWithSharedData, sharedData } from '../support/sharedData';
import { barometer, folder } from '../src/cli/barometer';
import { field } from './inspected';
import { ticksIn } from './ticksIn';

const { path, file } = folder();

describeWithSharedData('recorded trades and quotes', () => {
  const recorded = sharedData('binance-recorded/btcusdt_20240808.gz');

  test('frames of both kinds: bars of trades, and every quote', async () => {
    const rows = await ticksIn(recorded);
    const trades = rows.filter((row) => !row.startsWith('-'));
    expect([trades.length, rows.length - trades.length]).toEqual([9_757, 28_040]);
    expect(rows.filter((row) => / -1 -x-/.test(row)).length).toBeGreaterThan(1_000);
  });

  test('a strategy hears of both, and the bars are the same', async () => {
    const strategy = file(
      'flow.js',
      `let trades = 0, quotes = 0;
      module.exports = () => ({
        name: 'flow',
        onBar: () => ({ side: 'flat', note: trades + ' ' + quotes }),
        onTrade: () => void trades++,
        onQuote: () => void quotes++,
      });`,
    );
    const outs = [path('with.csv'), path('without.csv')];
    const argv = ['replay', recorded, '--bars', '1m', '--quiet', '--json', '--mode', 'data'];
    const signals = path('signals.csv');
    const { code, stdout } = await barometer([
      ...[...argv, '--strategy', strategy, '--out-bars', outs[0] ?? ''],
      ...['--out-signals', signals],
    ]);
    expect(code).toBe(0);
    await barometer([...argv, '--out-bars', outs[1] ?? '']);
    expect(readFileSync(outs[0] ?? '', 'utf8')).toBe(readFileSync(outs[1] ?? '', 'utf8'));
    const last = readFileSync(signals, 'utf8').trimEnd().split('\n').at(-1);
    expect(last).toMatch(/,8462 23325$/);
    expect(stdout).toContain('"flow"');
  });

  test.each([
    ['databento/futures_trades_2024-07-01T23-58_2024-07-02T00-02.dbn.zst', /x\d+ (-1|1) -x-/],
    [
      'databento/futures_mbp-1_2024-07-01T23-58_2024-07-02T00-02.dbn.zst',
      /-x0 0 [\d.]+x\d+ [\d.]+x\d+$/,
    ],
    ['tardis/bitmex_trades_XBTUSD.csv', /x\d+ (-1|1) -x-/],
    ['tardis/huobi-dm-swap_quotes_BTC-USD.csv', /-x0 0 [\d.]+x[\d.]+ [\d.]+x[\d.]+$/],
    ['generic/btcusdt-trades.parquet', /x[\d.]+ (-1|1) -x-/],
    ['fx/EURUSD-quotes-2014-05-02.csv.gz', /-x0 0 1\.3\d+x- 1\.3\d+x-$/],
  ])('%s', async (name, row) => {
    const rows = await ticksIn(sharedData(name));
    expect(rows.filter((each) => row.test(each)).length).toBeGreaterThan(rows.length * 0.9);
  });

  test('MetaTrader 5 quotes', async () => {
    expect(await ticksIn(field('38-mt5-ticks.csv'))).toEqual([
      '1.10436: -x0 0 1.10432x- 1.1044x-',
      '1.104365: -x0 0 1.10432x- 1.10441x-',
      '1.10437: -x0 0 1.10433x- 1.10441x-',
    ]);
  });
});
