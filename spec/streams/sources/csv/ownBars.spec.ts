import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFiles } from '../../../../streams/sources';
import type { FileOptions } from '../../../../streams/sources';

const HEADER = 'symbol,interval,start,end,open,high,low,close,volume,count,complete'.split(',');
const START = 1_704_067_200_000_000;
const ROWS = [3, 12, 1, 7].map((count, i) => [
  ...['A', '1m', String(START + i * 60e6), String(START + (i + 1) * 60e6)],
  ...['10.5', '11.25', '9.75', '10.5', '100.5', String(count), String(i < 3)],
]);
const MADE_OF = [3, 12, 1, -7];

const lines = (delimiter: string, quote = '', decimal = '.'): string =>
  [HEADER, ...ROWS]
    .map((row) =>
      row.map((text) => `${quote}${text.replace('.', decimal)}${quote}`).join(delimiter),
    )
    .join('\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'barometer bars '));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('bars that Barometer wrote and somebody else wrote again', () => {
  it.each<[string, Buffer | string, FileOptions]>([
    ['as they were', lines(','), {}],
    ['with semicolons', lines(';'), {}],
    ['in quotes', lines(',', '"'), {}],
    ['with decimal commas', lines(';', '', ','), { decimal: ',' }],
    ['in UTF-16', Buffer.from(`\ufeff${lines(',')}`, 'utf16le'), {}],
    ['behind lines of comments', `# mine\n${lines(',')}`, { comment: '#' }],
  ])('keep what they were made of and which were unfinished: %s', async (_how, text, options) => {
    const path = join(folder, 'bars.csv');
    writeFileSync(path, text);
    const [source] = await openFiles([path], options);
    const counts: number[] = [];
    const closes: number[] = [];
    for await (const { length, count, close } of source?.batches() ?? []) {
      counts.push(...(count?.subarray(0, length) ?? []));
      closes.push(...close.subarray(0, length));
    }
    expect(source?.format).toBe('barometer-bars');
    expect([counts, closes]).toEqual([MADE_OF, [10.5, 10.5, 10.5, 10.5]]);
  });
});
