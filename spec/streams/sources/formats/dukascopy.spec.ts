import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openFiles } from '../../../../streams/sources';
import type { FileOptions } from '../../../../streams/sources';
import { readRows, tempFiles } from '../readAll';

const files = tempFiles();

/** Four ticks, big-endian (0, 250, 250 and 3,599,999 ms; the third without an ask), packed by xz. */
const TICKS = Buffer.from(
  'XQAAgAD//////////wAAaP67cG7fR87HcTeK56t/N/2x99VX21sbHSDXoQft93H5DZX1suWoMNb5UTBL8/8KSgAA',
  'base64',
);
/** One tick of the 3,600,000th millisecond. */
const LATE = Buffer.from('XQAAgAD//////////wAADo8RrgAIfpcwMiMSfg3ALEQfMBuvH//utCAA', 'base64');
/** 24 bytes: a candle. */
const CANDLE = Buffer.from('XQAAgAD//////////wA8bgcH/////4AAAAA=', 'base64');

function write(name: string, content: Uint8Array): string {
  const path = join(files.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function read(path: string, options: FileOptions = {}) {
  const [source] = await openFiles([path], options);
  const rows = await readRows(source?.batches() ?? []);
  return { source, rows, counts: source?.counts() };
}

const failure = async (path: string, options: FileOptions = {}): Promise<unknown> =>
  read(path, options).then(
    () => 'nothing was wrong',
    (error: unknown) => error,
  );

const HOUR = Date.UTC(2012, 11, 3, 14) * 1000;

test('synthetic: the month in the path counts from 0; a side of 0 is absent', async () => {
  const path = write('EURUSD/2012/11/03/14h_ticks.bi5', TICKS);
  const { source, rows, counts } = await read(path);
  expect(source).toMatchObject({ format: 'dukascopy-bi5', interval: 0 });
  expect(rows.map(({ symbol, time, close }) => [symbol, time, close])).toEqual([
    ['EURUSD', HOUR, (1.3 + 1.30005) / 2],
    ['EURUSD', HOUR + 250_000, (1.30001 + 1.30006) / 2],
    ['EURUSD', HOUR + 3_599_999_000, (1.30004 + 1.3001) / 2],
  ]);
  expect(counts).toMatchObject({ oneSided: 1, badRows: 0 });
});

test('synthetic: prices in yen have three decimals', async () => {
  const path = write('USDJPY/2012/11/03/14h_ticks.bi5', TICKS);
  expect((await read(path, { price: 'bid' })).rows[0]?.close).toBe(130);
});

test.each<[string, string, Uint8Array]>([
  ['no-date', 'EURUSD.bi5', TICKS],
  ['no-date', 'EURUSD/2012/12/03/14h_ticks.bi5', TICKS],
  ['no-date', 'EURUSD/2012/01/30/14h_ticks.bi5', TICKS],
  ['unsupported', 'USA500IDXUSD/2012/11/03/15h_ticks.bi5', TICKS],
  ['truncated', 'EURUSD/2012/11/03/15h_ticks.bi5', TICKS.subarray(0, 40)],
  ['damaged', 'EURUSD/2012/11/03/16h_ticks.bi5', CANDLE],
  ['bad-row', 'EURUSD/2012/11/03/17h_ticks.bi5', LATE],
  ['empty', 'EURUSD/2012/11/03/18h_ticks.bi5', Buffer.alloc(0)],
])('synthetic: %s: %s', async (code, name, content) => {
  expect(await failure(write(name, content))).toMatchObject({ name: 'SourceError', code });
});
