import type { BadRow } from './order/badRow';
import { badRow } from './order/badRow';
import { rowSink } from './bytes/rowSink';
import type { FileOptions } from './fileOptions';
import { unpackingError } from './head';
import { plainBytes } from './csv/plainBytes';
import type { RowBlock } from './order/rowBlock';
import type { RowCollector } from './order/rowCollector';
import type { DecodedFile } from './table';

export interface DecodeOptions extends Pick<FileOptions, 'badRows'> {
  readonly signal: AbortSignal;
  /** Is told of rows that are skipped. */
  readonly isBad: (row: BadRow) => void;
}

/**
 * Reads a file that is no table from end to end into an intake, and hands out the blocks that it
 * fills, in the file's order. Fails with a `SourceError` as `scanFile` does.
 *
 * @param path where the file is, which is not where it was for one that was unpacked
 */
export async function* decodeFile(
  file: DecodedFile,
  path: string,
  intake: RowCollector,
  { badRows, signal, isBad }: DecodeOptions,
): AsyncGenerator<RowBlock> {
  const sink = rowSink(file.reading.kind, intake, (row) => {
    if (badRows !== 'skip') throw badRow(file.name, row);
    isBad(row);
  });
  const decoder = file.reading.decoder(sink);
  const bytes = plainBytes(path, file.wrapping === 'zip' ? 'none' : file.wrapping);
  try {
    for (;;) {
      const piece = await bytes.next().catch((error: unknown) => {
        throw unpackingError(file.name, error);
      });
      if (signal.aborted) return;
      if (piece.done === true) break;
      decoder.push(piece.value);
      yield* intake.full.splice(0);
    }
    decoder.end();
    sink.flush();
  } finally {
    await bytes.return(undefined);
  }
  yield* intake.full.splice(0);
  const rest = intake.rest();
  intake.counts.rows += rest.length;
  if (rest.length > 0) yield rest;
}
