import fc from 'fast-check';
import { repetitions } from '../../../support/properties';
import { openFiles } from '../../../../streams/sources';
import { readRows, readTicks, tempFiles } from '../readAll';

const files = tempFiles();
/** The times are small numbers. */
const options = { symbol: 'X', unit: 's' } as const;

describe.each([
  ['in memory', {}],
  ['in temporary files', { spoolBytes: 0 }],
  ['in both', { spoolBytes: 1_000_000 }],
])('rows are handed out in order of time, kept %s', (_where, room) => {
  const options = { symbol: 'X', unit: 's', ...room } as const;

  test('rows with equal times as they stood, and those out of order are counted', async () => {
    const path = files.write('order.csv', 'ts,price\n3,1\n1,2\n3,3\n2,4\n1,5\n4,6\n');
    const [source] = await openFiles([path], options);
    const rows = await readRows(source?.batches() ?? []);
    expect(rows.map(({ close }) => close)).toEqual([2, 5, 4, 1, 3, 6]);
    expect(source?.counts()).toMatchObject({ rows: 6, outOfOrder: 3 });
  });

  test('of a file that is longer than what is sorted at once', async () => {
    const count = 1_200_000;
    const lines = Array.from({ length: count }, (_, row) => `${(row * 7919) % count},${row + 1}`);
    const path = files.write('long.csv', `ts,price\n${lines.join('\n')}\n`);
    const [source] = await openFiles([path], options);
    let next = 0;
    for await (const batch of source?.batches() ?? []) {
      for (let row = 0; row < batch.length; row += 1, next += 1) {
        if (batch.time[row] !== next * 1e6) throw new Error(`row ${next} is not in its place`);
      }
    }
    expect(next).toBe(count);
  });

  test('whatever their order in the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }), async (times) => {
        const lines = times.map((time, row) => `${time},${row + 1}`);
        const path = files.write('random.csv', `ts,price\n${lines.join('\n')}\n`);
        const sorted = times.map((time, row) => [time * 1e6, row + 1, 0]);
        sorted.sort((a, b) => (a[0] as number) - (b[0] as number));
        expect(await readTicks(path, options)).toEqual(sorted);
      }),
      repetitions(20),
    );
  });

  test('the file’s order is kept by parallel reading', async () => {
    const count = 400_000;
    const lines = Array.from({ length: count }, (_, row) => `5,${row + 1}`);
    const path = files.write('equal.csv', `ts,price\n${lines.join('\n')}\n`);
    const rows = await readTicks(path, options);
    expect(rows.every(([, price], row) => price === row + 1)).toBe(true);
    expect(rows).toHaveLength(count);
  });
});

test('how many rows were read is told before the first is handed out', async () => {
  const path = files.write('scanned.csv', `ts,price\n${'1,1\n'.repeat(20_000)}`);
  const [source] = await openFiles([path], options);
  expect(source?.scanned?.()).toBe(0);
  const batches = source?.batches()[Symbol.asyncIterator]();
  await batches?.next();
  expect(source?.counts().rows).toBeLessThan(20_000);
  expect(source?.scanned?.()).toBe(20_000);
  await batches?.return?.();
});

describe('the session', () => {
  test('is half-open', async () => {
    const path = files.write('session.csv', 'ts,price\n1,1\n2,2\n3,3\n4,4\n');
    const rows = await readTicks(path, { ...options, from: 2e6, to: 4e6 });
    expect(rows.map(([, price]) => price)).toEqual([2, 3]);
  });

  test('takes bars by their start', async () => {
    const path = files.write(
      'bars.csv',
      'ts,open,high,low,close\n60,1,1,1,1\n120,2,2,2,2\n180,3,3,3,3\n',
    );
    const rows = await readTicks(path, { ...options, barTime: 'end', from: 60e6, to: 120e6 });
    expect(rows).toEqual([[60e6, 2, 0]]);
  });

  test('does not hide a row whose time is none', async () => {
    const path = files.write('none.csv', 'ts,price\n1,1\n,2\n3,3\n');
    await expect(readTicks(path, { ...options, from: 3e6 })).rejects.toMatchObject({
      code: 'SOURCE_BAD_ROW',
    });
  });
});

test('progress is the share that was handed out', async () => {
  const path = files.write('share.csv', `ts,price\n${'1,1\n'.repeat(20_000)}`);
  const [source] = await openFiles([path], options);
  const seen = [source?.progress()];
  for await (const batch of source?.batches() ?? []) {
    seen.push(source?.progress());
    expect(batch.length).toBeLessThanOrEqual(8192);
  }
  seen.push(source?.progress());
  expect(seen).toEqual([0, 0.4096, 0.8192, 1, 1]);
});
