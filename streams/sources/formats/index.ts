import { binanceAggTrades } from './binanceAggTrades';
import { binanceKlines } from './binanceKlines';
import { binanceTrades } from './binanceTrades';
import type { Format } from './format';
import { namedColumns } from './namedColumns';

/** Every format that is recognised, in the order in which a file is tried. */
export const formats: readonly Format[] = [
  binanceTrades,
  binanceAggTrades,
  binanceKlines,
  namedColumns,
];

export type { Format, FormatLayout, Probe } from './format';
