import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse as csvParser } from 'csv-parse';
import { parse as papaParse } from 'papaparse';
import { openFiles } from '../../../src';
import type { RowSource } from '../../../src';
import type { Row } from '../frame/table';
import { Crossings } from '../work/crossings';
import { recordSource } from '../work/recordSource';
import type { TickRecord } from '../work/recordSource';
import { tickFile } from '../work/tickFile';
import type { FileKind } from '../work/tickFile';
import { DERIVED } from './input';
import { crossover, replayed } from './ours';

/** From the file to the report, with everything on; what differs is who reads the file. */
const fromFile = (
  name: string,
  title: string,
  kind: FileKind,
  open: (path: string) => Promise<readonly RowSource[]> | RowSource,
): Row => ({
  name,
  title,
  prepare: async ({ size, checking }) => {
    const path = await tickFile(kind, size);
    return async () => {
      const crossings = new Crossings(checking);
      await replayed(await open(path), {
        bars: '1m',
        derive: DERIVED,
        mode: 'data',
        strategies: [crossover(crossings)],
        journal: true,
      });
      return { items: size, same: crossings.counts() };
    };
  },
});

export const oursFrom = (kind: FileKind): Row =>
  fromFile(`ours-${kind}`, `ours, ${kind}`, kind, (path) => openFiles([path]));

const PACK = 1_024;

async function* csvParseRecords(path: string): AsyncGenerator<readonly TickRecord[]> {
  const parser = createReadStream(path).pipe(csvParser({ columns: true }));
  let pack: TickRecord[] = [];
  for await (const record of parser) {
    pack.push(record as TickRecord);
    if (pack.length < PACK) continue;
    yield pack;
    pack = [];
  }
  yield pack;
}

export const csvParse = fromFile('csv-parse', 'csv-parse, csv', 'csv', (path) =>
  recordSource(path, csvParseRecords(path)),
);

/** Its chunks, pulled: the parser pauses until the one before was taken. */
async function* papaparseRecords(path: string): AsyncGenerator<readonly TickRecord[]> {
  const chunks: { data: readonly TickRecord[]; resume: () => void }[] = [];
  let failure: Error | undefined;
  let ended = false;
  let wake: () => void = () => undefined;
  papaParse<TickRecord>(createReadStream(path), {
    header: true,
    skipEmptyLines: true,
    chunk({ data }, parser) {
      parser.pause();
      chunks.push({
        data,
        resume: () => {
          parser.resume();
        },
      });
      wake();
    },
    complete() {
      ended = true;
      wake();
    },
    error(error) {
      failure = error;
      wake();
    },
  });
  for (;;) {
    const chunk = chunks.shift();
    if (chunk !== undefined) {
      yield chunk.data;
      chunk.resume();
    } else if (failure !== undefined) throw failure;
    else if (ended) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

export const papaparse = fromFile('papaparse', 'papaparse, csv', 'csv', (path) =>
  recordSource(path, papaparseRecords(path)),
);

async function* splitRecords(path: string): AsyncGenerator<readonly TickRecord[]> {
  let pack: TickRecord[] = [];
  let header = true;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (header) {
      header = false;
      continue;
    }
    const [timestamp = '', symbol = '', price = '', size = ''] = line.split(',');
    pack.push({ timestamp, symbol, price, size });
    if (pack.length < PACK) continue;
    yield pack;
    pack = [];
  }
  yield pack;
}

export const readline = fromFile('readline', 'readline + split, csv', 'csv', (path) =>
  recordSource(path, splitRecords(path)),
);
