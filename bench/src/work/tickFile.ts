import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { eightSymbols } from '../rows/input';
import { writeArrow } from './arrowFile';
import type { Ticks } from './ticks';

export type FileKind = 'csv' | 'csv.gz' | 'parquet' | 'arrow';

const FOLDER = join(tmpdir(), 'barometer-bench');
const LINES = 4_096;

/** The path of a file of so many ticks, which is made if nobody has made it yet. */
export async function tickFile(kind: FileKind, ticks: number): Promise<string> {
  const path = join(FOLDER, `ticks-1-${ticks}.${kind}`);
  if (existsSync(path)) return path;
  mkdirSync(FOLDER, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  if (kind === 'arrow') await writeArrow(eightSymbols(ticks), unfinished);
  else if (kind === 'csv') {
    await pipeline(Readable.from(lines(eightSymbols(ticks))), createWriteStream(unfinished));
  } else {
    const csv = await tickFile('csv', ticks);
    if (kind === 'csv.gz') {
      await pipeline(createReadStream(csv), createGzip(), createWriteStream(unfinished));
    } else await toParquet(csv, unfinished);
  }
  renameSync(unfinished, path);
  return path;
}

function* lines(ticks: Ticks): Generator<string> {
  let text = 'timestamp,symbol,price,size\n';
  for (let row = 0; row < ticks.length; row += 1) {
    const symbol = ticks.symbols[ticks.symbol[row] as number] as string;
    text += `${ticks.time[row]},${symbol},${ticks.price[row]},${ticks.size[row]}\n`;
    if (row % LINES !== LINES - 1) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function toParquet(csv: string, path: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const duckdb = await DuckDBInstance.create(':memory:', { preserve_insertion_order: 'true' });
  const connection = await duckdb.connect();
  await connection.run(`COPY (FROM read_csv('${csv}')) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  duckdb.closeSync();
}
