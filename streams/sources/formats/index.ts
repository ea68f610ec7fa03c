import { binanceAggTrades } from './binanceAggTrades';
import { binanceKlines } from './binanceKlines';
import { binanceTrades } from './binanceTrades';
import type { ByteFormat, ColumnFormat, Format } from './format';
import { namedColumns } from './namedColumns';

/** Formats that are decoded by their bytes, in the order in which a file is tried: before it is taken for a table. */
export const byteFormats: readonly ByteFormat[] = [];

/** Formats of tables, in the order in which a file is tried. */
export const columnFormats: readonly ColumnFormat[] = [
  binanceTrades,
  binanceAggTrades,
  binanceKlines,
  namedColumns,
];

/** Every format that is recognised. */
export const formats: readonly Format[] = [...byteFormats, ...columnFormats];

export type {
  ByteFormat,
  ColumnFormat,
  Format,
  FormatFacts,
  FormatLayout,
  Head,
  LayoutOptions,
  Probe,
  Reading,
} from './format';
