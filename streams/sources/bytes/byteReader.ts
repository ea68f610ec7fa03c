import { join } from 'node:path';
import type { Compression } from '../compression/compression';
import { unzipTo } from '../compression/zipEntry';
import { plainBytes } from '../csv/plainBytes';
import type { Reading } from '../formats';
import { unpackingError } from '../head';
import { ANY_TIME, badRow } from '../order/badRow';
import type { BadRow } from '../order/badRow';
import { pricesOf, rowCollector } from '../order/rowCollector';
import { tickCollector } from '../order/tickCollector';
import type { ReadRequest, TableReader, TickFile } from '../tableReader';
import type { BarTimes } from '../time/barTimes';
import { rowSink } from './rowSink';

/** A file that is decoded byte by byte. */
interface DecodedFile {
  /** As it was given. */
  readonly name: string;
  readonly path: string;
  readonly compression: Compression;
  readonly format: string;
  readonly evidence: string;
  readonly reading: Reading;
  readonly bars: BarTimes;
}

export function byteFile(file: DecodedFile): TickFile {
  const { name, format, evidence, reading, bars } = file;
  const { kind, price, sortedBySymbol, hasCounts: hasExtra = false } = reading;
  return {
    name,
    format,
    evidence,
    bars,
    prices: pricesOf(reading, hasExtra),
    kind,
    fields: reading.fields ?? [],
    collector: ({ from, to, ticks = false }) =>
      (ticks ? tickCollector : rowCollector)({
        kind,
        price,
        range: ANY_TIME,
        bars,
        window: { from, to },
        sortedBySymbol,
        hasExtra,
      }),
    open: (request) => openByteReader(file, request),
  };
}

async function openByteReader(file: DecodedFile, request: ReadRequest): Promise<TableReader> {
  const { badRows, collector, folder, signal, onBadRow, ticks = false } = request;
  const isZip = file.compression === 'zip';
  // Unpacked first, since only that checks the zip's checksum.
  const path = isZip ? join(folder, 'unpacked') : file.path;
  if (isZip) await unzipTo(file.name, path, signal);
  const onBad = (row: BadRow): void => {
    if (badRows !== 'skip') throw badRow(file.name, row);
    onBadRow(row);
  };
  const sink = rowSink(file.reading.kind, collector, onBad, ticks);
  const decoder = file.reading.decoder(sink, ticks);
  const bytes = plainBytes(path, isZip ? 'none' : file.compression);
  return {
    rows: async function* () {
      for (;;) {
        const piece = await bytes.next().catch((error: unknown) => {
          throw unpackingError(file.name, error);
        });
        if (signal.aborted) return;
        if (piece.done === true) break;
        decoder.push(piece.value);
        yield* collector.full.splice(0);
      }
      decoder.end();
      sink.flush();
      yield* collector.drain();
    },
    // The decoder's end has seen to it.
    verify: () => Promise.resolve(),
    close: async () => {
      await bytes.return(undefined);
    },
  };
}
