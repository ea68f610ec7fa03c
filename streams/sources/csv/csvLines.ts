import { open } from 'node:fs/promises';
import { plainBytes } from './plainBytes';
import { quoteGauge } from './quoteGauge';
import { SourceError } from '../sourceError';
import type { CsvColumns } from '../tickTable';
import type { Compression } from '../compression/compression';

/**
 * How the lines of a text are taken. `short`: in small buffers, of which many are read at a time.
 * `long`: in large ones. `mixed`: the same, for lines that end differently, which DuckDB takes only if
 * reported so, and then without quotes.
 */
export type CsvLines = 'short' | 'long' | 'mixed';

/** Longer rows are bad rows. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** With the buffers for long lines, DuckDB reads at two thirds of the speed. */
export const SHORT_LINE = 1024 * 1024;

/** Of DuckDB, in lines of the longest kind. */
export const BUFFER_LINES = 2;

/** Bytes of the largest buffers: a line that fills them is refused. */
export const LONGEST_BUFFER = BUFFER_LINES * LONGEST_LINE;

const LINE_FEED = 0x0a;
/** The first look at a window; a row seldom is longer. */
const GLANCE = 4096;
const LOOKED_AT = 1024;

/**
 * How a text's lines can be taken. DuckDB leaves out a line that is longer than its buffers without a
 * word, so that there is none has to be known before. What is packed is read by one core, no matter what its
 * buffers; `checkWhole` measures its lines.
 */
export async function linesOf(
  name: string,
  path: string,
  compression: Compression,
  columns: CsvColumns,
): Promise<CsvLines> {
  if (compression !== 'none') return 'long';
  const glance = await glanceAtRows(path, columns);
  if (glance === 'rows') return 'short';
  const measureLine = lineGauge(name);
  const quotes = quoteGauge(columns.delimiter);
  for await (const bytes of plainBytes(path, 'none')) {
    measureLine(bytes);
    quotes.measure(bytes);
  }
  const longest = quotes.longest();
  if (longest.length >= LONGEST_BUFFER) {
    throw new SourceError(
      'SOURCE_BAD_ROW',
      `${name}:${await lineAt(path, longest.at)}`,
      `a value in quotes is longer than ${LONGEST_BUFFER / 1024 ** 2} MB`,
      'Correct the line, if a quote is opened there and not closed, or take it out; it cannot be skipped.',
    );
  }
  return glance === 'long' || longest.length >= SHORT_LINE ? 'long' : 'short';
}

async function lineAt(path: string, at: number): Promise<number> {
  let line = 1;
  let passed = 0;
  for await (const bytes of plainBytes(path, 'none')) {
    const before = bytes.subarray(0, Math.max(0, at - passed));
    for (let next = before.indexOf(LINE_FEED); next >= 0;) {
      line += 1;
      next = before.indexOf(LINE_FEED, next + 1);
    }
    passed += bytes.length;
    if (passed > at) break;
  }
  return line;
}

/** Looks at a text piece by piece; throws a `SourceError` for a line that no buffer holds. */
export function lineGauge(name: string): (bytes: Buffer) => void {
  let length = 0;
  return (bytes) => {
    const first = bytes.indexOf(LINE_FEED);
    length += first < 0 ? bytes.length : first;
    if (length >= LONGEST_BUFFER) {
      const megabytes = LONGEST_BUFFER / 1024 ** 2;
      throw new SourceError(
        'SOURCE_BAD_ROW',
        name,
        `has a line of more than ${megabytes} MB`,
        'Take it out; it cannot be skipped.',
      );
    }
    if (first >= 0) length = bytes.length - 1 - bytes.lastIndexOf(LINE_FEED);
  };
}

/**
 * What a text looks like from afar: `rows`, unless there is a line longer than `SHORT_LINE`, or lines
 * that are none of a table. A longer one would cover one of the windows that the file is cut into here,
 * each half as long: so a line feed is looked for in each. A value in quotes may have many lines, and
 * be as long: DuckDB takes these for bad rows if its buffers do not hold the value, and needs seconds
 * for a megabyte of them.
 */
async function glanceAtRows(
  path: string,
  { delimiter, width }: CsvColumns,
): Promise<'rows' | 'long' | 'odd'> {
  const window = SHORT_LINE / 2;
  const file = await open(path, 'r');
  let odd = false;
  try {
    const { size } = await file.stat();
    const glance = Buffer.allocUnsafe(GLANCE);
    for (let from = 0; from + window <= size; from += window) {
      const { bytesRead } = await file.read(glance, 0, GLANCE, from);
      const seen = glance.subarray(0, bytesRead);
      if (seen.includes(LINE_FEED)) {
        odd ||= !areRows(seen.toString('latin1', 0, LOOKED_AT), delimiter, width);
        continue;
      }
      const whole = Buffer.allocUnsafe(window);
      const read = await file.read(whole, 0, window, from);
      if (!whole.subarray(0, read.bytesRead).includes(LINE_FEED)) return 'long';
    }
    return odd ? 'odd' : 'rows';
  } finally {
    await file.close();
  }
}

/** Whether a piece of a text has lines of this many columns in it; quotes may hide anything. */
function areRows(text: string, delimiter: string, width: number): boolean {
  const lines = text.split('\n').slice(1, -1);
  return lines.every((line) => {
    const columns = line.split(delimiter).length;
    return columns === width || columns === width + 1 || line.trim() === '' || line.includes('"');
  });
}
