import type { Probe } from '../../../streams/sources';
import { formats } from '../../../streams/sources';
import { columnFormats } from '../../../streams/sources/formats';

const probe = (name: string, row: string, header?: string): Probe => {
  const fields = row.split(',');
  return {
    names: [name],
    rows: [fields],
    width: fields.length,
    ...(header !== undefined && { header: header.split(',') }),
  };
};

const recognised = (given: Probe): string | undefined =>
  columnFormats.find((format) => format.recognise(given) !== undefined)?.name;

test.each([
  [
    'binance-trades',
    'BTCUSDT-trades-2024-08-08',
    '1,61837.63,0.02,1236.75,1723161255342,True,True',
  ],
  ['binance-trades', 'microseconds', '1,61837.63,0.02,1236.75,1735689600000000,true,true'],
  ['binance-agg-trades', 'a', '1,0.0014,23.0,15,15,1570752011620,True,True'],
  ['binance-klines', 'a', '1637971200000,1,2,0.5,1,3,1637971259999,1.0,79,1.5,0.5,0'],
  [undefined, 'five columns', '1,61837.63,0.02,1723161255342,True'],
  [undefined, 'no flags', '1,61837.63,0.02,1236.75,1723161255342,1,1'],
])('%s is recognised by the shape of its columns: %s', (format, name, row) => {
  expect(recognised(probe(name, row))).toBe(format);
});

test.each([
  ['named', 'timestamp,price'],
  ['named', 'Time,Bid,Ask'],
  ['named', 'date,open,high,low,close'],
  [undefined, 'timestamp,note'],
  [undefined, 'price,size'],
])('%s is recognised by the names of its columns: %s', (format, header) => {
  expect(recognised(probe('a', header.replace(/\w+/g, '1'), header))).toBe(format);
});

test.each([
  ['BTCUSDT-trades-2024-08-08', '1,1,1,1,1723161255342,True,True', 'BTCUSDT'],
  ['BTCUSDT-aggTrades-2024-08', '1,1,1,1,1,1723161255342,True,True', 'BTCUSDT'],
  ['ADABTC-1m-2021-11-27', '1637971200000,1,2,0.5,1,3,1637971259999,1.0,79,1.5,0.5,0', 'ADABTC'],
  ['renamed', '1,1,1,1,1723161255342,True,True', undefined],
])('the symbol is in the name of the file: %s', (name, row, symbol) => {
  const given = probe(name, row);
  const format = columnFormats.find((each) => each.recognise(given) !== undefined);
  expect(format?.layout(given, {}).symbol).toBe(symbol);
});

test('every format has a name of its own, and says what it is', () => {
  expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
  for (const { name, title, clock } of formats) {
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(title).not.toBe('');
    expect(clock).not.toBe('');
  }
});
