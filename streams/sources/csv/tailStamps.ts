import { open } from 'node:fs/promises';
import type { CsvTable } from './csvTable';
import { csvSplitter } from './csvRecords';

/** As much of a file's end as has some rows in it. */
const TAIL_BYTES = 64 * 1024;

/** The last rows of a text that is not compressed; nothing for a file that is read as soon as its end is. */
export async function tailStamps(
  path: string,
  { dialect, delimiter }: CsvTable,
  stampOf: (row: readonly string[]) => string,
): Promise<readonly string[] | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size <= 4 * TAIL_BYTES || dialect.encoding !== 'utf-8') return undefined;
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(TAIL_BYTES),
      0,
      TAIL_BYTES,
      size - TAIL_BYTES,
    );
    const stamps: string[] = [];
    const { comment } = dialect;
    const splitter = csvSplitter({ delimiter, comment }, ({ fields }) => {
      stamps.push(stampOf(fields));
    });
    splitter.push(buffer.toString('utf8', 0, bytesRead));
    splitter.end();
    // The first of them was cut off.
    return stamps.slice(1);
  } finally {
    await file.close();
  }
}
