import { csvToArrow } from '../../streams/sources/arrow/csvToArrow';
import { csvToParquet } from '../../streams/sources/csv/csvToParquet';
import type { FileOptions } from '../../streams/sources';
import { openFiles, SourceError } from '../../streams/sources';
import { folder } from '../src/cli/barometer';
import { readRows } from '../streams/sources/readAll';

const { path, file } = folder();

const WRITERS = { parquet: csvToParquet, arrow: csvToArrow };

/** Times and closes of a typed file with these columns. */
async function read(
  ending: keyof typeof WRITERS,
  columns: Readonly<Record<string, string>>,
  rows: readonly string[],
  options: FileOptions = {},
): Promise<readonly string[]> {
  const csv = file('typed.csv', `${Object.keys(columns).join(',')}\n${rows.join('\n')}\n`);
  const typed = path(`typed.${ending}`);
  await WRITERS[ending](csv, typed, columns);
  const [source] = await openFiles([typed], { symbol: 'X', ...options });
  const found = await readRows(source?.batches() ?? []);
  return found.map(({ time, close }) => `${new Date(time / 1000).toISOString()} ${close}`);
}

const PRICE = { price: 'DOUBLE' };

describe.each(['parquet', 'arrow'] as const)('numbers that are dates: %s', (ending) => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[], readonly string[]]>([
    [
      'YYYYMMDD',
      { date: 'BIGINT', ...PRICE },
      ['20260615,1', '20260616,2'],
      ['15T00:00:00', '16T00:00:00'],
    ],
    [
      'YYYYMMDDHHMMSSmmm',
      { time: 'BIGINT', ...PRICE },
      ['20260615093000123,1', '20260615093100456,2'],
      ['15T09:30:00.123', '15T09:31:00.456'],
    ],
    [
      'a date and a time of day',
      { date: 'BIGINT', time: 'BIGINT', ...PRICE },
      ['20260615,93000,1', '20260615,100000,2'],
      ['15T09:30:00', '15T10:00:00'],
    ],
    [
      'texts in two columns',
      { date: 'VARCHAR', time: 'VARCHAR', ...PRICE },
      ['15.06.2026,9:30:00,1', '16.06.2026,9:30:00,2'],
      ['15T09:30:00', '16T09:30:00'],
    ],
  ])('%s', async (_, columns, rows, times) => {
    const iso = (time: string): string => new Date(`2026-06-${time}Z`).toISOString();
    expect(await read(ending, columns, rows)).toEqual([
      `${iso(times[0] ?? '')} 1`,
      `${iso(times[1] ?? '')} 2`,
    ]);
  });

  test('of a zone', async () => {
    const found = await read(
      ending,
      { date: 'BIGINT', time: 'BIGINT', ...PRICE },
      ['20260615,93000,1', '20260615,100000,2'],
      {
        zone: 'America/New_York',
      },
    );
    expect(found[0]).toBe('2026-06-15T13:30:00.000Z 1');
  });

  test('FILETIME is refused with what reads it', async () => {
    const rows = ['133486704000000000,1', '133486704010000000,2'];
    const columns = { time: 'BIGINT', ...PRICE };
    const error = await read(ending, columns, rows).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SourceError);
    expect(String(error)).toContain('--unit filetime');
    expect((await read(ending, columns, rows, { unit: 'filetime' }))[1]).toBe(
      '2024-01-02T12:00:01.000Z 2',
    );
  });

  test('bars of a day', async () => {
    const columns = {
      date: 'BIGINT',
      open: 'DOUBLE',
      high: 'DOUBLE',
      low: 'DOUBLE',
      close: 'DOUBLE',
    };
    const rows = ['20260615,1,2,0.5,1', '20260616,1,2,0.5,2', '20260617,1,2,0.5,3'];
    expect(await read(ending, columns, rows)).toHaveLength(3);
  });
});
