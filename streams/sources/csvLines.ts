import { open } from 'node:fs/promises';
import { plainBytes } from './plainBytes';
import { SourceError } from './sourceError';
import type { Wrapping } from './wrapping';

/**
 * How the lines of a text are taken. `short`: in small buffers, of which many are read at a time.
 * `long`: in large ones. `mixed`: the same, for lines that end differently, which DuckDB takes only if
 * told so, and then without quotes.
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

/**
 * How a text's lines can be taken. DuckDB leaves out a line that is longer than its buffers without a
 * word, so that there is none has to be known before. What is packed is read by one core, whatever its
 * buffers; `checkWhole` measures its lines.
 */
export async function linesOf(name: string, path: string, wrapping: Wrapping): Promise<CsvLines> {
  if (wrapping !== 'none') return 'long';
  if (await areShort(path)) return 'short';
  const measure = lineGauge(name);
  for await (const bytes of plainBytes(path, 'none')) measure(bytes);
  return 'long';
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
        'bad-row',
        name,
        `has a line of more than ${megabytes} MB`,
        'Take it out; it cannot be skipped.',
      );
    }
    if (first >= 0) length = bytes.length - 1 - bytes.lastIndexOf(LINE_FEED);
  };
}

/**
 * Whether no line is longer than `SHORT_LINE`. A longer one would cover one of the windows that the
 * file is cut into here, each half as long: so a line feed is looked for in each.
 */
async function areShort(path: string): Promise<boolean> {
  const window = SHORT_LINE / 2;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const glance = Buffer.allocUnsafe(GLANCE);
    for (let from = 0; from + window <= size; from += window) {
      const { bytesRead } = await file.read(glance, 0, GLANCE, from);
      if (glance.subarray(0, bytesRead).includes(LINE_FEED)) continue;
      const whole = Buffer.allocUnsafe(window);
      const read = await file.read(whole, 0, window, from);
      if (!whole.subarray(0, read.bytesRead).includes(LINE_FEED)) return false;
    }
    return true;
  } finally {
    await file.close();
  }
}
