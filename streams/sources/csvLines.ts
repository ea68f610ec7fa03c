import { open } from 'node:fs/promises';

/**
 * How the lines of a text are taken. `short`: in small buffers, of which many are read at a time.
 * `long`: in large ones. `mixed`: the same, for lines that end differently, which DuckDB takes only if
 * told so, and then without quotes.
 */
export type CsvLines = 'short' | 'long' | 'mixed';

/** Longer rows are bad rows. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** DuckDB's own measure; the buffers are twice that, and with larger ones it reads at half the speed. */
export const SHORT_LINE = 2 * 1024 * 1024;

const LINE_FEED = 0x0a;
/** The first look at a window; a row seldom is longer. */
const GLANCE = 4096;

/**
 * Whether no line is longer than `SHORT_LINE`. A line that is longer than a buffer is left out by
 * DuckDB without a word, so this has to be known before. A longer one would cover one of the windows
 * that the file is cut into here, each half as long: so a line feed is looked for in each.
 */
export async function areShort(path: string): Promise<boolean> {
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
