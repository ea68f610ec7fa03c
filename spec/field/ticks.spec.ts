import { readFileSync } from 'node:fs';
import { openFiles } from '../../streams/sources';
import { barometer, folder } from '../src/cli/barometer';
import { readRows } from '../streams/sources/readAll';
import { ticksIn } from './ticksIn';

const { path, file } = folder();

interface Case {
  readonly name: string;
  readonly text: string;
  readonly rows: readonly string[];
}

test.each<Case>([
  {
    name: 'BTCUSDT-trades-2024-01-02.csv',
    text: '1,100.5,2,201,1704189600000,True,True\n2,100.6,1,100.6,1704189600001,False,True\n',
    rows: ['100.5: 100.5x2 -1 -x- -x-', '100.6: 100.6x1 1 -x- -x-'],
  },
  {
    name: 'BTCUSDT-aggTrades-2024-01-02.csv',
    text: '7,100.5,2,1,1,1704189600000,True,True\n7,100.5,2,1,1,1704189600000,True,True\n',
    rows: ['100.5: 100.5x2 -1 -x- -x-'],
  },
  {
    name: 'BTCUSDT-bookTicker-2024-01-02.csv',
    text: '1,100,2,101,3,1704189600000,1704189600001\n',
    rows: ['100.5: -x0 0 100x2 101x3'],
  },
  {
    name: 'tardis-trades.csv',
    text:
      'exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n' +
      'bitmex,XBTUSD,1704189600000000,1704189600000001,a,sell,100,5\n',
    rows: ['100: 100x5 -1 -x- -x-'],
  },
  {
    name: 'tardis-quotes.csv',
    text:
      'exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount\n' +
      'bitmex,XBTUSD,1704189600000000,1704189600000001,5,101,100,4\n' +
      'bitmex,XBTUSD,1704189600000000,1704189600000002,,,100,4\n',
    rows: ['100.5: -x0 0 100x4 101x5', '-: -x0 0 100x4 -x-'],
  },
  {
    name: 'mbp-1.csv',
    text:
      'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,' +
      'ts_in_delta,sequence,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,bid_ct_00,ask_ct_00,symbol\n' +
      '1704189600000000000,1704189600000000000,1,1,2,A,B,0,99000000000,7,0,0,1,99000000000,101000000000,7,8,1,1,ES\n' +
      '1704189600000001000,1704189600000000000,1,1,2,T,A,0,99000000000,3,0,0,1,99000000000,101000000000,4,8,1,1,ES\n',
    rows: ['100: -x0 0 99x7 101x8', '100: 99x3 -1 99x4 101x8'],
  },
  {
    name: 'IVE.txt',
    text: '09/28/2009,09:30:00,50.79,50.70,50.79,100\n',
    rows: ['50.79: 50.79x100 0 50.7x- 50.79x-'],
  },
  {
    name: 'quotes-polygon.csv',
    text:
      'ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,conditions,indicators,' +
      'participant_timestamp,sequence_number,sip_timestamp,tape,trf_timestamp\n' +
      'A,1,101,3,1,100,2,,,1704189600000000000,1,1704189600000000000,1,0\n' +
      'A,1,0,0,1,100,2,,,1704189600000000001,2,1704189600000001000,1,0\n',
    rows: ['100.5: -x0 0 100x2 101x3', '-: -x0 0 100x2 -x-'],
  },
  {
    name: 'alpaca.json',
    text:
      '{"quotes":{"A":[{"t":"2024-01-02T10:00:00Z","ax":"V","ap":101,"as":3,"bx":"V","bp":100,"bs":2,"c":["R"],"z":"A"}]},' +
      '"next_page_token":null}',
    rows: ['100.5: -x0 0 100x2 101x3'],
  },
  {
    name: 'stock-mt5.csv',
    text:
      '<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>\n' +
      '2024.01.02\t10:00:00.000\t100\t101\t\t\t6\n' +
      '2024.01.02\t10:00:00.500\t\t\t101\t5\t56\n' +
      '2024.01.02\t10:00:01.000\t\t102\t\t\t4\n',
    rows: ['-: -x0 0 100x- 101x-', '101: 101x5 1 -x- -x-', '-: -x0 0 100x- 102x-'],
  },
  {
    name: 'named.csv',
    text:
      'time,symbol,price,size,is_buyer_maker,bid,ask,bid_qty,ask_qty\n' +
      '1704189600,A,100,5,true,99,101,1,2\n1704189601,A,,,,98,101,1,\n',
    rows: ['100: 100x5 -1 99x1 101x2', '-: -x0 0 98x1 101x-'],
  },
])('$name: sides, bids and asks as the format has them', async ({ name, text, rows }) => {
  expect(await ticksIn(file(name, text))).toEqual(rows);
});

test('rows of quotes among trades are no bad rows where only trades are wanted', async () => {
  const text = 'time,symbol,price,size,bid,ask\n1704189600,A,100,5,99,101\n1704189601,A,,,98,101\n';
  for (const name of ['plain.csv', 'plain.parquet', 'plain.arrow']) {
    const input = file('plain.csv', text);
    if (name !== 'plain.csv') await barometer(['convert', input, '--ticks', '--out', path(name)]);
    const [source] = await openFiles([path(name)]);
    const rows = await readRows(source?.batches() ?? []);
    expect(rows.map(({ close, volume }) => [close, volume])).toEqual([[100, 5]]);
    expect(source?.counts().badRows).toBe(0);
  }
});

test.each(['csv', 'parquet', 'arrow'])(
  'they survive being written and read: %s',
  async (ending) => {
    const text =
      'time,symbol,price,size,side,bid,ask,bid_size,ask_size\n' +
      '1704189600000000,A,100,5,sell,99,101,1,2\n1704189601000000,A,,,,98,,7,\n' +
      '1704189602000000,A,101,2,,,,,\n1704189603000000,B,0.5,1,buy,,,,\n';
    const input = file('all.csv', text);
    const out = path(`written.${ending}`);
    const { code, stderr } = await barometer(['convert', input, '--ticks', '--out', out]);
    expect([code, stderr]).toEqual([0, '']);
    expect(await ticksIn(out)).toEqual(await ticksIn(input));
    if (ending === 'csv') expect(readFileSync(out, 'utf8')).toBe(text);
  },
);

test('quotes alone are written as quotes, of which the same bars are made', async () => {
  const input = file('q.csv', 'timestamp,symbol,bid,ask\n1704189600,A,99,102\n1704189660,A,98,\n');
  const out = path('q.out.csv');
  await barometer(['convert', input, '--ticks', '--out', out]);
  expect(readFileSync(out, 'utf8')).toBe(
    'time,symbol,bid,ask\n1704189600000000,A,99,102\n1704189660000000,A,98,\n',
  );
  expect(await ticksIn(out)).toEqual(await ticksIn(input));
});

test('inspect counts quotes beside the rows that make bars', async () => {
  const text = 'time,symbol,price,size,bid,ask\n1704189600,A,100,5,99,101\n1704189601,A,,,98,101\n';
  const { stdout } = await barometer(['inspect', file('both.csv', text)]);
  expect(stdout).toMatch(/ {2}rows {8}1 ticks\n {2}quotes {6}2\n/);
});
