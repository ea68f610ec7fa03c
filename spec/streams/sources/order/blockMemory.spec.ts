import {
  borrowBlock,
  borrowMemory,
  returnBlock,
} from '../../../../streams/sources/order/blockMemory';
import { openFiles } from '../../../../streams/sources';
import { BLOCK_ROWS, bytesPerRow, rowBlock } from '../../../../streams/sources/order/rowBlock';
import { readRows, tempFiles } from '../readAll';

const files = tempFiles();

describe('memory of blocks', () => {
  test('is used again once it was given back, and not before', () => {
    const one = borrowBlock(1);
    const other = borrowBlock(1);
    expect(other.buffer).not.toBe(one.buffer);
    one.length = 7;
    returnBlock(one);
    const again = borrowBlock(1);
    expect(again.buffer).toBe(one.buffer);
    expect(again.length).toBe(0);
    expect(borrowBlock(1).buffer).not.toBe(one.buffer);
  });

  test('fits: bars have blocks of their own', () => {
    const ticks = borrowBlock(1);
    returnBlock(ticks);
    const bars = borrowBlock(4);
    expect(bars.buffer).not.toBe(ticks.buffer);
    expect(bars.buffer.byteLength).toBe(BLOCK_ROWS * bytesPerRow(4));
    expect(borrowMemory(ticks.buffer.byteLength)).toBe(ticks.buffer);
  });

  test('is given back once', () => {
    const block = borrowBlock(1);
    returnBlock(block);
    expect(() => {
      returnBlock(block);
    }).toThrow('given back twice');
  });

  test('is only what was borrowed', () => {
    const own = rowBlock(1, 3);
    returnBlock(own);
    returnBlock(own);
    expect(borrowMemory(own.buffer.byteLength)).not.toBe(own.buffer);
  });
});

/** Two files are read at a time, so that each is given memory that the other has given back. */
test.each([
  ['in memory', undefined],
  ['half of them in a file', 5 * BLOCK_ROWS * bytesPerRow(1)],
  ['in a file', 0],
])('rows of files in order and out of order, set aside %s', async (_, spoolBytes) => {
  const rows = 60_000;
  const csv = (name: string, numberOf: (row: number) => number): string =>
    files.write(
      `${name}.csv`,
      `time,symbol,price,size\n${Array.from({ length: rows }, (_row, at) => {
        const number = numberOf(at);
        return `${1_700_000_000_000_000 + number},${name}${number % 3},${number + 1},${number % 5}\n`;
      }).join('')}`,
    );
  const paths = [
    csv('A', (row) => row),
    // Backwards in pieces, so that there are runs to merge.
    csv('B', (row) => (row + rows / 2) % rows),
    csv('C', (row) => rows - 1 - row),
  ];
  const sources = await openFiles(paths, { ...(spoolBytes !== undefined && { spoolBytes }) });
  const read = await Promise.all(sources.map((source) => readRows(source.batches())));
  for (const [file, name] of ['A', 'B', 'C'].entries()) {
    const wrong = read[file]?.filter(
      ({ time, symbol, close, volume }, number) =>
        time !== 1_700_000_000_000_000 + number ||
        symbol !== `${name}${number % 3}` ||
        close !== number + 1 ||
        volume !== number % 5,
    );
    expect([read[file]?.length, wrong]).toEqual([rows, []]);
  }
});

test('values that are not there, wherever they stand among others', async () => {
  const absent = new Set([0, 1, 31, 32, 63, 64, 1000, 2047, 2048, 4095, 4999]);
  const lines = Array.from(
    { length: 5000 },
    (_, at) =>
      `${1_700_000_000_000_000 + at},A,${at + 1},${absent.has(at) ? '' : at + 2},${absent.has(at - 1) ? '' : at + 3}\n`,
  );
  const trades = files.write('trades.csv', `time,symbol,price,size,other\n${lines.join('')}`);
  const [source] = await openFiles([trades]);
  expect((await readRows(source?.batches() ?? [])).map(({ volume }) => volume)).toEqual(
    lines.map((_, at) => (absent.has(at) ? 0 : at + 2)),
  );
  const columns = { time: 'time', bid: 'size', ask: 'other' };
  const [quotes] = await openFiles([trades], { columns });
  const mids = (await readRows(quotes?.batches() ?? [])).map(({ close }) => close);
  const both = lines.flatMap((_, at) => (absent.has(at) || absent.has(at - 1) ? [] : [at + 2.5]));
  expect(mids).toEqual(both);
  expect(quotes?.counts()).toMatchObject({ oneSided: 5000 - both.length, badRows: 0 });
  const [prices] = await openFiles([trades], {
    columns: { price: 'size', size: 'other' },
    badRows: 'skip',
  });
  expect(await readRows(prices?.batches() ?? [])).toHaveLength(5000 - absent.size);
  expect(prices?.counts().badRows).toBe(absent.size);
});
