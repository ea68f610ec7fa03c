import { existsSync, readFileSync } from 'node:fs';
import { openFiles } from '../../streams/sources';
import { barometer, folder } from '../src/cli/barometer';
import { readRows } from '../streams/sources/readAll';

const { path, file } = folder();

test('aggregated trades whose ids come again count once', async () => {
  const row = (id: number, at: number): string => `${id},100.5,2,1,1,${at},True,True\n`;
  const text = row(7, 1704189600000) + row(8, 1704189600001) + row(7, 1704189600000);
  const input = file('BTCUSDT-aggTrades-2024-01-02.csv', text);
  const [source] = await openFiles([input]);
  expect(await readRows(source?.batches() ?? [])).toHaveLength(2);
  expect(source?.counts()).toMatchObject({ rows: 2, duplicates: 1 });
});

test.each(['csv', 'parquet', 'arrow'])('our own bars keep their counts: %s', async (ending) => {
  const rows = Array.from({ length: 40 }, (_, at) => `${1704189600 + at * 3},A,${at + 1},1`);
  const ticks = file('ticks.csv', `time,symbol,price,size\n${rows.join('\n')}\n`);
  const bars = path(`bars.${ending}`);
  await barometer(['convert', ticks, '--bars', '30s', '--out', bars]);
  const counts = async (interval: string): Promise<unknown[]> => {
    const out = path('again.csv');
    await barometer(['convert', bars, '--bars', interval, '--out', out]);
    return readFileSync(out, 'utf8')
      .split('\n')
      .slice(1, -1)
      .map((line) => Number(line.split(',')[9]));
  };
  expect(await counts('30s')).toEqual([10, 10, 10, 10]);
  expect(await counts('1m')).toEqual([20, 20]);
});

test.each(['1m', '1s --derive 1m'])(
  'a volume past the largest number is an error: %s',
  async (bars) => {
    const rows = ['1704189600,A,1,1e308', '1704189601,A,1,1e308'];
    const input = file('huge.csv', `time,symbol,price,size\n${rows.join('\n')}\n`);
    const out = path('huge.out.csv');
    const argv = ['replay', input, '--quiet', '--journal', 'none', '--out-bars', out, '--bars'];
    const { code, stderr } = await barometer([...argv, ...bars.split(' ')]);
    expect([code, stderr]).toEqual([
      3,
      'barometer: A at 2024-01-02T10:00:00.000Z: sizes add up to more than the largest number, ' +
        '1.8e308. Correct the sizes of these rows.\n',
    ]);
    expect(existsSync(out)).toBe(false);
  },
);

describe('a bar that was unfinished when it was written', () => {
  const ticks = (): string =>
    file(
      'cut.csv',
      `time,symbol,price,size\n${Array.from({ length: 9 }, (_, at) => `${1704189600 + at * 20},A,${at + 1},1\n`).join('')}`,
    );

  test.each(['csv', 'parquet', 'arrow'])(
    'stays so, and so does what is made of it: %s',
    async (ending) => {
      const bars = path(`cut.${ending}`);
      await barometer(['convert', ticks(), '--bars', '1m', '--out', bars]);
      const read = async (interval: string): Promise<readonly string[]> => {
        const out = path('cut.again.csv');
        await barometer(['convert', bars, '--bars', interval, '--out', out]);
        const rows = readFileSync(out, 'utf8').split('\n').slice(1, -1);
        return rows.map((row) => row.split(',').slice(7).join(' '));
      };
      expect(await read('1m')).toEqual(['3 3 3 true', '6 3 3 true', '9 3 3 false']);
      expect(await read('3m')).toEqual(['9 9 9 false']);
    },
  );
});
