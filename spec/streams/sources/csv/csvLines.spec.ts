import { gzipSync } from 'node:zlib';
import { openFiles } from '../../../../streams/sources';
import { readTicks, tempFiles } from '../readAll';
import { zstdFile } from '../zstdFile';

const files = tempFiles();

const header = 'timestamp,symbol,note,price,size\n';
const time = (row: number): number => 1_704_153_600_000_000 + row * 1000;
const line = (row: number, note = 'n'): string => `${time(row)},S${row % 8},${note},${row + 1},1`;
const texts = (rows: number, notes: ReadonlyMap<number, string>): string =>
  header + Array.from({ length: rows }, (_, row) => line(row, notes.get(row))).join('\n') + '\n';

const ROWS = 100_000;

describe('however long a line is, its row is there', () => {
  const long = 'x'.repeat(5_000_000);
  const paragraph = `${'x'.repeat(400)}\n`;
  test.each([
    ['first', [0], long],
    ['in the middle', [50_000], long],
    ['last', [ROWS - 1], long],
    ['several', [3, 4, 70_000], 'x'.repeat(3_000_000)],
    ['in quotes', [50_000], `"${long}"`],
    ['in quotes, over many lines', [50_000], `"${paragraph.repeat(7_500)}"`],
    // Each line that DuckDB takes for a bad row costs it microseconds.
    ['in quotes, over a great many lines', [50_000], `"${'x\n'.repeat(4_000_000)}"`],
  ] as const)('%s', async (_where, rows, note) => {
    const path = files.write('long.csv', texts(ROWS, new Map(rows.map((row) => [row, note]))));
    const ticks = await readTicks(path);
    expect(ticks).toHaveLength(ROWS);
    expect(ticks.every(([at, price], row) => at === time(row) && price === row + 1)).toBe(true);
  });

  test.each(['over.csv', 'over.csv.gz', 'over.csv.zst'])(
    'or it is refused, where no buffer holds it: %s',
    async (name) => {
      const text = texts(10, new Map([[5, 'x'.repeat(34_000_000)]]));
      const packed = {
        gz: () => gzipSync(text, { level: 1 }),
        zst: () => zstdFile(Buffer.from(text), { checksum: false }),
      };
      const [, pack] = Object.entries(packed).find(([ending]) => name.endsWith(ending)) ?? [];
      const path = files.write(name, pack?.() ?? text);
      await expect(readTicks(path, { badRows: 'skip' })).rejects.toThrow(
        'has a line of more than 32 MB',
      );
    },
  );
});

test.each([
  ['closed', '"'],
  ['not closed', ''],
])('a value in quotes that no buffer holds is refused with its line: %s', async (_, end) => {
  const value = `"${'xxxx\n'.repeat(7_000_000)}${end}`;
  const path = files.write('value.csv', texts(5000, new Map([[4000, value]])));
  await expect(readTicks(path, { badRows: 'skip' })).rejects.toMatchObject({
    code: 'SOURCE_BAD_ROW',
    place: `${path}:4002`,
  });
});

test('rows that lie across buffers, some in quotes, are whole', async () => {
  const count = 400_000;
  const quoted = new Map(
    Array.from({ length: count / 5 }, (_, at) => [at * 5, `"a, ""b"" ${'c'.repeat(at % 90)}"`]),
  );
  const text = texts(count, quoted).replaceAll('\n', '\r\n');
  const ticks = await readTicks(files.write('across.csv', text));
  expect(text.length).toBeGreaterThan(12_000_000);
  expect(ticks).toHaveLength(count);
  expect(ticks.every(([at, price], row) => at === time(row) && price === row + 1)).toBe(true);
});

test('symbols are many, and the same with blanks around them', async () => {
  const names = 5000;
  const rows = Array.from(
    { length: 3 * names },
    (_, row) =>
      `${time(row)},${row % 2 === 0 ? '' : ' '}a rather long symbol ${row % names},${row + 1},1`,
  );
  const path = files.write('symbols.csv', `timestamp,symbol,price,size\n${rows.join('\n')}\n`);
  const [source] = await openFiles([path]);
  let row = 0;
  for await (const { length, symbol, symbols } of source?.batches() ?? []) {
    for (let at = 0; at < length; at += 1, row += 1) {
      const name = `a rather long symbol ${row % names}`;
      if (symbols[symbol[at] as number] !== name) throw new Error(`row ${row} is not of ${name}`);
    }
    expect(symbols.length).toBeLessThanOrEqual(names);
  }
  expect(row).toBe(3 * names);
});
