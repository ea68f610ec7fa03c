import { open } from 'node:fs/promises';
import { RecordBatchReader } from 'apache-arrow';
import type { Row } from '../frame/table';
import { tickFile } from '../work/tickFile';

/** The floor of Arrow: its own library reads the file, and each number is looked at once. */
export const arrowAlone: Row = {
  name: 'arrow-alone',
  title: 'apache-arrow reading alone (floor)',
  compared: false,
  prepare: async ({ size }) => {
    const path = await tickFile('arrow', size);
    return async () => {
      const file = await open(path, 'r');
      const reader = await RecordBatchReader.from(file);
      let rows = 0;
      let sum = 0;
      for await (const batch of reader) {
        for (const name of ['price', 'size']) {
          for (const value of batch.getChild(name)?.toArray() as Float64Array) sum += value;
        }
        for (const stamp of batch.getChild('timestamp')?.data[0]?.values as BigInt64Array) {
          sum += Number(stamp);
        }
        rows += batch.numRows;
      }
      await file.close();
      if (rows !== size || !(sum > 0)) throw new Error(`Arrow read ${rows} of ${size} rows`);
      return { items: size };
    };
  },
};
