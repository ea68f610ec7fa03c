import { openFiles } from '../../../../streams/sources';
import { readRows, tempFiles } from '../readAll';

const files = tempFiles();
const STAMP = 1_700_000_000_000_000;

const csv = (names: readonly string[]): string =>
  `ts,symbol,price\n${names.map((name, row) => `${STAMP + row},${name},${row + 1}\n`).join('')}`;

async function symbolsOf(names: readonly string[]) {
  const path = files.write('names.csv', csv(names));
  const [source] = await openFiles([path], { badRows: 'skip' });
  const rows = await readRows(source?.batches() ?? []);
  return { rows, symbols: rows.map(({ symbol }) => symbol), counts: source?.counts() };
}

/** Names of this length that differ in one byte from `A`s. */
const alike = (length: number): string[] => [
  'A'.repeat(length),
  ...Array.from({ length }, (_, at) => `${'A'.repeat(at)}B${'A'.repeat(length - at - 1)}`),
];

test('names of every length, each with its own index', async () => {
  const names = Array.from({ length: 14 }, (_, at) => alike(at + 1)).flat();
  const twice = [...names, ...names];
  expect((await symbolsOf(twice)).symbols).toEqual(twice);
});

test('thousands of short names', async () => {
  const names = Array.from({ length: 12_000 }, (_, row) => `S${(row * 7919) % 6000}`);
  expect((await symbolsOf(names)).symbols).toEqual(names);
});

test('a long name far behind the rows that were looked at first', async () => {
  const names = Array.from({ length: 5000 }, (_, row) =>
    row > 3000 && row % 3 === 0 ? `O:SPY241220C00${row % 9}` : `A${row % 5}`,
  );
  expect((await symbolsOf(names)).symbols).toEqual(names);
});

test('letters of more than one byte', async () => {
  const names = ['Ä', 'ÄÄÄÄÄÄ', 'ÄÄÄÄÄÖ', '€€€€', '€€€€€', '日経225'];
  expect((await symbolsOf([...names, ...names])).symbols).toEqual([...names, ...names]);
});

test('blanks around a name are nothing, and a name of nothing is a bad row', async () => {
  const names = ['A', ' A', 'A ', '', 'B', ' ', '"A"', '""', ' B', 'B'];
  const { rows, symbols, counts } = await symbolsOf(names);
  expect(symbols).toEqual(['A', 'A', 'A', 'B', 'A', 'B', 'B']);
  expect(rows.map(({ close }) => close)).toEqual([1, 2, 3, 5, 7, 9, 10]);
  expect(counts).toMatchObject({ rows: 7, badRows: 3 });
});
