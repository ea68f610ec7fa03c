import { resolve } from 'node:path';
import { openArrowFile } from './arrow/openArrowTable';
import { byteFile } from './bytes/byteReader';
import { wholeLines } from './bytes/lines';
import { checkUnpacked, compressionOf } from './compression/compression';
import type { Compression } from './compression/compression';
import { openText } from './csv/openText';
import type { Database } from './duckdb/duckdb';
import { openParquetFile } from './duckdb/openParquetTable';
import type { FileOptions } from './fileOptions';
import { byteFormats } from './formats';
import { checkFormatName, notOfFormat } from './formatOption';
import type { FileHead } from './head';
import { LARGE_HEAD_BYTES, readHead } from './head';
import type { TickFile } from './tableReader';
import { barTimes } from './time/barTimes';

/** With fewer lines in its beginning, a text's rows are so long that more of it has to be looked at. */
const FEWEST_LINES = 4;

/** Looks at the beginning of a file and says how it is to be read, or why it cannot be. */
export async function openFile(
  name: string,
  options: FileOptions,
  database: Database,
): Promise<TickFile> {
  checkFormatName(options.format);
  const compression = await compressionOf(name);
  const path = resolve(name);
  if (compression === 'parquet') {
    return openParquetFile(name, path, options, database);
  }
  if (compression === 'arrow') return openArrowFile(name, path, options);
  const head = await readHead(name, compression);
  checkUnpacked(head, compression);
  const decoded = openDecoded(head, compression, options);
  if (decoded !== undefined) return decoded;
  if (head.ended || wholeLines(head.bytes, false, FEWEST_LINES).length === FEWEST_LINES) {
    return openText(head, compression, options, database);
  }
  const larger = await readHead(name, compression, LARGE_HEAD_BYTES);
  return openText(larger, compression, options, database);
}

function openDecoded(
  head: FileHead,
  compression: Compression,
  options: FileOptions,
): TickFile | undefined {
  for (const format of byteFormats) {
    if (options.format !== undefined && options.format !== format.name) continue;
    const evidence = format.recognise(head);
    if (evidence === undefined) {
      if (options.format === undefined) continue;
      throw notOfFormat(head.path, format.name, 'other bytes at its beginning');
    }
    const reading = format.open(head, options);
    return byteFile({
      name: head.path,
      path: resolve(head.path),
      compression,
      format: format.name,
      evidence,
      reading,
      bars: barTimes(
        {
          length: reading.interval,
          evidence: reading.intervalEvidence ?? (reading.interval > 0 ? 'the format' : undefined),
        },
        options,
        options.zone ?? reading.barZone,
        [],
      ),
    });
  }
  return undefined;
}
