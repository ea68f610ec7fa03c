import { mkdirSync, readdirSync } from 'node:fs';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();

/** A run that would go well, but for one thing. */
async function refused(argv: readonly string[], input: string): Promise<[number, string]> {
  const before = readdirSync(path('.'));
  const { code, stdout, stderr } = await barometer(['replay', input, ...argv]);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(readdirSync(path('.'))).toEqual(before);
  return [code, stderr];
}

describe('input that cannot be read: exit code 3', () => {
  const rubbish = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 167) % 256));
  const rows = (...lines: readonly string[]): string => lines.join('\r\n') + '\r\n';
  const cases: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['an empty file', '', /: is empty/],
    ['a header only', 'time,symbol,price\n', /has a header and no rows/],
    ['binary rubbish', rubbish, /no text in UTF-8|no columns/],
    [
      'unknown columns',
      'a,b,c\n1,2,3\n',
      /columns a, b, c\. Needed are .* --columns time=a,price=b/,
    ],
    ['no symbol', 'time,price\n1700000000,1\n', /--symbol EURUSD/],
    [
      'a row with too few fields',
      rows('time,symbol,price', '1700000000,A,1', '1700000001,A', '1700000002,A,2'),
      /:3: the row has 2 fields instead of 3.*--bad-rows skip/,
    ],
    [
      'a price that is no number',
      rows('time,symbol,price', '1700000000,A,1', '1700000001,A,abc', '1700000002,A,2'),
      /:3: .*"abc".*no number.*--bad-rows skip/,
    ],
  ];
  it.each(cases)('%s', async (title, text, message) => {
    const input = file(`${title}.csv`, text);
    const [code, said] = await refused([], input);
    expect(said).toMatch(message);
    expect(said).toContain(input);
    expect(code).toBe(3);
  });

  it('a file that is not there', async () => {
    const [code, said] = await refused([], path('gone.csv'));
    expect([code, said]).toEqual([3, expect.stringContaining('gone.csv: there is no such file')]);
  });

  it('a folder', async () => {
    mkdirSync(path('folder'));
    const [code, said] = await refused([], path('folder'));
    expect([code, said]).toEqual([3, expect.stringContaining('is a folder')]);
  });

  it('skips bad rows and counts them where it is told to', async () => {
    const input = file(
      'bad rows.csv',
      rows(
        'time,symbol,price',
        '1700000000,A,1',
        '1700000001,A,x',
        '1700000002,A',
        '1700000003,A,2',
      ),
    );
    const { code, stdout } = await barometer(['replay', input, '--bad-rows', 'skip', '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { bars: unknown }).bars).toMatchObject({
      ticks: '2',
      badRows: '2',
    });
  });
});

describe('wrong usage: exit code 2', () => {
  const cases: readonly (readonly [string[], RegExp])[] = [
    [['--speed', '0'], /--speed 0: must be a positive number/],
    [['--speed', '-1'], /--speed -1: must be a positive number/],
    [['--speed', 'NaN'], /--speed NaN: must be a positive number/],
    [['--speed', 'Infinity'], /--speed Infinity: must be a positive number/],
    [['--derive', '90s'], /--derive is '90s', but must be a multiple of the base interval 1m/],
    [['--bars', '0m'], /--bars is '0m', but must be tick, or a number/],
    [['--mode', 'fast'], /--mode fast: must be clock or data/],
    [['--time', 'fast'], /--time fast: must be simulated or wall/],
    [['--timings', 'off'], /--timings is false, but must be true in clock-driven mode/],
    [['--from', 'noon'], /--from noon: must be a time, such as/],
    [
      ['--from', '2024-01-02', '--to', '2024-01-01'],
      /--to 2024-01-01: must be later than --from 2024-01-02/,
    ],
    [['--columns', 'time'], /--columns time: "time" is not written as key=value/],
    [['--columns', 'colour=1'], /--columns: "colour" is nothing that a column can be/],
    [['--price', 'best'], /--price best: must be mid, bid or ask/],
    [['--bar-time', 'noon'], /--bar-time noon: must be start or end/],
    [['--bad-rows', 'keep'], /--bad-rows keep: must be stop or skip/],
    [['--inbox', '0'], /--inbox 0: must be a whole number of at least 1/],
    [
      ['--overflow', 'dropOldest'],
      /--overflow dropOldest: must be error, drop-oldest, drop-latest or conflate/,
    ],
    [['--warn-every', 'often'], /--warn-every often: must be numbers of events/],
    [
      ['--strategy', 'sma-crss'],
      /sma-crss: there is none of that name; there are sma-cross, rsi-reversion/,
    ],
    [
      ['--strategy', 'sma-cross:fats=3'],
      /no parameter "fats". There are fast, slow, symbols, intervals/,
    ],
    [['--strategy', 'sma-cross:fast=x'], /fast is x, but must be a whole number/],
    [['--strategy', './gone.ts'], /gone\.ts: there is no such file/],
    [['--out-bars', 'nowhere/bars.csv'], /nowhere\/bars\.csv: there is no folder nowhere/],
    [['--out-bars', 'bars.txt'], /Let it end in \.csv or \.parquet/],
    [['--out-signals', 'signals.parquet'], /Let it end in \.csv/],
  ];
  it.each(cases)('%j', async (argv, message) => {
    const [code, said] = await refused(argv, file('ticks.csv', TICKS));
    expect(said).toMatch(message);
    expect(code).toBe(2);
  });

  it('recorded bars that make no base bars of the length asked for', async () => {
    const bar = (i: number): string => `${1_700_000_100 + i * 300},A,1,2,1,2`;
    const input = file(
      'five minutes.csv',
      ['time,symbol,open,high,low,close', ...[0, 1, 2, 3].map(bar), ''].join('\n'),
    );
    const [code, said] = await refused(['--bars', '1m'], input);
    expect(said).toMatch(/--bars is '1m', but must be a multiple of 5m/);
    expect(code).toBe(2);
  });

  it('an output in the place of the input', async () => {
    const input = file('ticks.csv', TICKS);
    const [code, said] = await refused(['--out-bars', input], input);
    expect(said).toMatch(/is read by this run/);
    expect(code).toBe(2);
  });

  it('says of every option that is wrong', async () => {
    const { stderr } = await barometer(['replay', 'x.csv', '--mode', 'a', '--time', 'b']);
    expect(stderr).toMatch(/--mode a.*\n--time b/);
  });

  it.each([[['replay']], [['nothing']], [['replay', 'x.csv', '--nothing']], [[]]])(
    '%j',
    async (argv) => {
      const { code, stdout, stderr } = await barometer(argv);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/--help/);
    },
  );
});
