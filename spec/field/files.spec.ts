import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFiles } from '../../streams/sources';
import { csvToParquet } from '../../streams/sources/csv/csvToParquet';
import { describeWithSharedData } from '../support/sharedData';
import { barometer, folder } from '../src/cli/barometer';
import { field, read, refusal, rowsOf } from './inspected';

const { path, file } = folder();

const bars = (...rows: readonly string[]): string =>
  ['time,open,high,low,close,volume', ...rows, ''].join('\n');
const DAYS = [
  '2024-01-01,1,2,0.5,1.5,10',
  '2024-01-02,2,3,1.5,2.5,20',
  '2024-01-03,3,4,2.5,3.5,30',
] as const;

async function converted(files: readonly string[], ...options: string[]) {
  const out = path('out.csv');
  const argv = ['convert', ...files, '--symbol', 'X', ...options, '--out', out];
  const { code, stderr } = await barometer(argv);
  if (code !== 0) return { code, stderr, rows: [] };
  const rows = readFileSync(out, 'utf8').split('\n').slice(1, -1);
  return { code, stderr, rows };
}

describe('the same twice', () => {
  const month = (): string => file('month.csv', bars(...DAYS));

  test('a bar that two files have is one, and counted', async () => {
    const day = file('day.csv', bars(DAYS[1], DAYS[2]));
    const { rows, stderr } = await converted([month(), day], '--bars', '1d', '--recorded', '1d');
    expect(rows.map((row) => row.split(',').slice(4, 9).join(','))).toEqual([
      '1,2,0.5,1.5,10',
      '2,3,1.5,2.5,20',
      '3,4,2.5,3.5,30',
    ]);
    expect(stderr).toContain('2 duplicate rows were left out');
  });

  test('in one file as well, and a file that is named twice', async () => {
    const twice = file('twice.csv', bars(...DAYS, DAYS[2]));
    expect((await converted([twice], '--bars', '1d')).rows).toHaveLength(3);
    expect((await converted([month(), month()], '--bars', '1d')).rows).toHaveLength(3);
  });

  test('bars that contradict one another are an error, unless it is said which counts', async () => {
    const other = file('other.csv', bars('2024-01-02,2,3,1.5,2.25,20', DAYS[2]));
    const files = [month(), other];
    const { code, stderr } = await converted(files, '--bars', '1d');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /other\.csv:2: its bar of X at 2024-01-02T00:00:00Z has the close 2\.25/,
    );
    expect(stderr).toMatch(/and that in .*month\.csv:3 has 2\.5/);
    const closes = async (which: string): Promise<unknown[]> =>
      (await converted(files, '--bars', '1d', '--on-conflict', which)).rows.map((row) =>
        Number(row.split(',')[7]),
      );
    expect(await closes('first')).toEqual([1.5, 2.5, 3.5]);
    expect(await closes('last')).toEqual([1.5, 2.25, 3.5]);
  });

  test('of two in one file, both lines are named', async () => {
    const twice = file('differ.csv', bars(...DAYS, '2024-01-02,2,3,1.5,2.25,20'));
    const { stderr } = await converted([twice], '--bars', '1d', '--recorded', '1d');
    expect(stderr).toMatch(
      /differ\.csv:5: its bar of X .* has the close 2\.25, and that in line 3 has 2\.5/,
    );
  });

  test('ticks that two files have are one; a file’s own are all there', async () => {
    const rows = ['10:00:00,1,5', '10:00:00,1,5', '10:00:01,2,6', '10:00:02,3,7'];
    const text = (from: number, to: number): string =>
      `time,price,size\n${rows
        .slice(from, to)
        .map((row) => `2024-01-02T${row}\n`)
        .join('')}`;
    const all = file('all.csv', text(0, 4));
    const part = file('part.csv', text(1, 3));
    expect((await converted([all], '--ticks')).rows).toHaveLength(4);
    const { rows: merged, stderr } = await converted([all, part], '--ticks');
    expect(merged).toHaveLength(4);
    expect(stderr).toContain('2 duplicate rows were left out');
  });
});

describeWithSharedData('rows that are bad, and columns that are unknown', () => {
  test.each([
    ['04-thousands-in-quotes.csv', /--thousands ,/],
    ['05-decimal-comma.csv', /--decimal ,/],
  ])('%s: a file that is all bad is refused though bad rows are skipped', async (name, message) => {
    const error = await refusal(name, { badRows: 'skip' });
    expect(error.code).toBe('SOURCE_BAD_ROW');
    expect(error.message).toMatch(message);
  });

  test('a trade at a price of 0 is real, and counted', async () => {
    expect((await rowsOf('16b-negative-oil.csv')).map(([, price]) => price)).toEqual([
      -36.5, -37.63, 0, -0.01,
    ]);
    const { stdout } = await barometer(['inspect', field('16b-negative-oil.csv')]);
    expect(stdout).toContain('price 0     1 trades');
  });

  test('two columns of one name are asked about', async () => {
    const error = await refusal('53-dialect/d21-dup-columns.csv');
    expect(error.message).toContain('--columns price=2');
    expect(await read('53-dialect/d21-dup-columns.csv', { columns: { price: '3' } })).toEqual([
      ['2024-01-02T10:00:00Z', 9, 0],
      ['2024-01-02T10:00:01Z', 9, 0],
    ]);
  });

  test('the volume is found under other names', async () => {
    expect((await rowsOf('19b-cdd-without-url-line.csv')).map(([, , volume]) => volume)).toEqual(
      (await rowsOf('19-cdd-mixed-units.csv')).map(([, , volume]) => volume),
    );
    expect((await rowsOf('19b-cdd-without-url-line.csv')).at(-1)).toEqual([
      '2021-01-01T00:01:00Z',
      28_979.53,
      49.5,
    ]);
  });

  test('NinjaTrader’s minutes are not taken for HistData’s', async () => {
    const [first] = await rowsOf('real/nt-spy-minute-2011-head.csv');
    expect(first).toEqual(['2011-01-03T09:01:00Z', 126.39, 1579]);
  });

  test('JSON of an unknown shape is named as that', async () => {
    expect((await refusal('21-polygon-forex-ticks.json')).message).toContain('is JSON of a shape');
  });

  test('a suggestion that could not be read is not made', async () => {
    const input = file('odd.csv', 'stamp,weight,note\nyesterday,1,a\ntoday,2,b\n');
    const { stderr } = await barometer(['inspect', input]);
    expect(stderr).toContain('Say which is which with --columns, by names or by positions');
    expect(stderr).not.toContain('--columns time=stamp');
  });

  test('one that leaves a question open comes with its answer', async () => {
    const input = file('open.csv', 'When,Worth\n01/02/2024 10:00:00,1\n01/03/2024 10:00:00,2\n');
    const { stderr } = await barometer(['inspect', input]);
    expect(stderr).toContain('--columns time=When,price=Worth');
    expect(stderr).toContain("--date-format '%d/%m/%Y %H:%M:%S' (day first)");
  });

  test.each([
    ['34-hsi-day-first.csv', ['--recorded', '1m']],
    ['real/quandl_gold_2.csv', []],
    ['21b-year-2154.csv', ['--unit', 'ms']],
    ['50-date-time/v03-us-hhmm.csv', ['--recorded', '1m']],
  ])('%s: what is advised can be run, and releases no close early', async (name, more) => {
    const error = await refusal(name);
    const columns = /--columns (\S+?)\.(?: Besides|$)/.exec(error.message)?.[1] ?? '';
    expect(columns).not.toMatch(/price=close/i);
    const argv = ['inspect', field(name), '--symbol', 'X', '--columns', columns, ...more];
    const { code, stderr, stdout } = await barometer(argv);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/ {2}bad rows {4}0\n/);
  });
});

describe('which files a path means', () => {
  const row = (day: number): string => `time,symbol,price\n2024-01-0${day}T10:00:00Z,A,${day}\n`;
  const days = (): string => {
    const root = path('days');
    mkdirSync(join(root, 'deeper'), { recursive: true });
    for (const day of [2, 1, 3]) writeFileSync(join(root, `2024-01-0${day}.csv`), row(day));
    writeFileSync(join(root, 'notes.txt'), 'nothing of interest\n');
    return root;
  };
  const prices = (rows: readonly string[]): number[] =>
    rows.map((line) => Number(line.split(',')[2]));

  test('a folder is its files in order, without what holds no table', async () => {
    const { rows, stderr } = await converted([days()], '--ticks');
    expect(prices(rows)).toEqual([1, 2, 3]);
    expect(stderr).toContain('Passed over:');
  });

  test('a folder without any is refused', async () => {
    const empty = path('empty');
    mkdirSync(empty, { recursive: true });
    expect(await converted([empty], '--ticks')).toMatchObject({ code: 3 });
  });

  test('a pattern that the shell has left alone', async () => {
    expect(prices((await converted([join(days(), '2024-01-0[12].csv')], '--ticks')).rows)).toEqual([
      1, 2,
    ]);
    expect(prices((await converted([join(path('da?s'), '*.csv')], '--ticks')).rows)).toEqual([
      1, 2, 3,
    ]);
  });

  test('--from and --to read what is in them, whatever the files are called', async () => {
    const session = ['--from', '2024-01-03', '--to', '2024-01-04'];
    expect(prices((await converted([days()], '--ticks', ...session)).rows)).toEqual([3]);
  });

  test.each(['csv', 'parquet'])(
    'files whose times are outside of the session are not read, whatever they are called: %s',
    async (ending) => {
      const day = (date: number): string => {
        const rows = Array.from({ length: 12_000 }, (_, at) => {
          const time = new Date(Date.UTC(2024, 0, date) + at * 1_000).toISOString();
          return `${time},${100 + (at % 7)}`;
        });
        return `time,price\n${rows.join('\n')}\n`;
      };
      const names = [file('first.csv', day(1)), file('second.csv', day(9))];
      const types = { time: 'TIMESTAMP', price: 'DOUBLE' };
      const files = names.map((name) => name.replace('.csv', `.${ending}`));
      if (ending === 'parquet') {
        for (const name of names) await csvToParquet(name, name.replace('.csv', '.parquet'), types);
      }
      const from = Date.UTC(2024, 0, 9) * 1_000;
      const sources = await openFiles(files, { symbol: 'X', from, to: from + 86_400e6 });
      expect(sources.map(({ name }) => name)).toEqual([files[1]]);
      expect(await openFiles(files, { symbol: 'X' })).toHaveLength(2);
    },
  );

  test.each(['https://example.com/x.csv', 's3://bucket/x.csv'])('%s: not fetched', async (url) => {
    const { code, stderr } = await barometer(['replay', url]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/ \| barometer replay -/);
  });
});

describe('inspect leads on', () => {
  test('ends with the command that replays the file as it was read', async () => {
    const input = file('my bars.csv', bars(...DAYS).replaceAll('-', '/'));
    const { stdout } = await barometer(['inspect', input, '--zone', 'Europe/Berlin']);
    expect(stdout).toContain('symbols     unknown: name it with --symbol');
    expect(stdout).toContain('3 bars of 1d (2 of 2 gaps between bars)');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `  replay      barometer replay '${input}' --zone Europe/Berlin --symbol NAME --bars 1d`,
    );
  });
});

test('inspect --json has the command too', async () => {
  const input = file('days.csv', bars(...DAYS));
  const { stdout } = await barometer(['inspect', input, '--symbol', 'X', '--json']);
  expect(JSON.parse(stdout)).toMatchObject([
    { interval: '1d', replay: `barometer replay '${input}' --symbol X --bars 1d` },
  ]);
});

test('bars that overlap are counted', async () => {
  const hours = ['09:30', '10:00', '11:00', '12:00', '13:00', '14:00'];
  const input = file('hours.csv', bars(...hours.map((at) => `2024-01-02T${at}:00Z,1,1,1,1,1`)));
  const { stdout } = await barometer(['inspect', input, '--symbol', 'X', '--recorded', '1h']);
  expect(stdout).toContain('overlaps    1 bars begin before the one before has ended');
});

test('the report says from when to when the data is', async () => {
  const input = file('days.csv', bars(...DAYS));
  const argv = ['replay', input, '--symbol', 'X', '--bars', '1d', '--journal', 'none', '--quiet'];
  const { stdout } = await barometer(argv);
  expect(stdout).toContain('Data from 2024-01-01T00:00:00.000Z to 2024-01-04T00:00:00.000Z');
});

test('on the wall clock nights are passed over, and the journal tells of it', async () => {
  const minutes = ['01T10:00', '01T10:01', '02T10:00', '02T10:01'];
  const input = file('minutes.csv', bars(...minutes.map((at) => `2024-01-${at}:00Z,1,1,1,1,1`)));
  const journal = path('skipped.jsonl');
  const { code, stdout } = await barometer([
    ...['replay', input, '--symbol', 'X', '--recorded', '1m', '--time', 'wall', '--speed', '1200'],
    ...['--skip-gaps', '1h', '--journal', journal, '--quiet', '--json'],
  ]);
  expect(code).toBe(0);
  const { run } = JSON.parse(stdout) as { run: { wallSeconds: number; marketSeconds: number } };
  expect(run.marketSeconds).toBe(86_520);
  expect(run.wallSeconds).toBeLessThan(30);
  const skipped = readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"skipped"'));
  expect(skipped).toHaveLength(1);
  expect(skipped[0]).toMatch(/"from":\d+,"to":1704189600000000\}/);
});

test('--speed 0 leads to data-driven mode', async () => {
  const { code, stderr } = await barometer(['replay', 'x.csv', '--speed', 'max']);
  expect(code).toBe(2);
  expect(stderr).toContain('--mode data');
});
