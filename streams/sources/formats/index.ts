import { alpacaJson } from './alpacaJson';
import { barometerBars } from './barometerBars';
import { binanceAggTrades } from './binanceAggTrades';
import { binanceBookTicker } from './binanceBookTicker';
import { binanceFrames } from './binanceFrames';
import { binanceKlines } from './binanceKlines';
import { binanceTrades } from './binanceTrades';
import { databentoCsv } from './databentoCsv';
import { dbn } from './dbn';
import type { ByteFormat, ColumnFormat, Format } from './format';
import { dukascopy } from './dukascopy';
import { dukascopyCandles } from './dukascopyCandles';
import { dukascopyCsv } from './dukascopyCsv';
import { bybitBars, bybitTrades } from './bybit';
import { cryptoDataDownload } from './cryptoDataDownload';
import { dukascopyNode } from './dukascopyNode';
import { finam } from './finam';
import { iex } from './iex';
import { jsonLists } from './jsonLists';
import { lean } from './lean';
import { oandaJson } from './oandaJson';
import { stooq } from './stooq';
import { yfinance } from './yfinance';
import { bitcoinCharts, krakenBars } from './headerless';
import { histdata } from './histdata';
import { kibotBars, kibotTicks } from './kibot';
import { metaTrader4, metaTrader5 } from './metaTrader';
import { namedColumns } from './namedColumns';
import { ninjaTrader } from './ninjaTrader';
import { polygonMinutes, polygonQuotes, polygonTrades } from './polygon';
import { tardisQuotes, tardisTrades } from './tardis';
import { trueFx } from './trueFx';

/** Formats that are decoded by their bytes, in the order in which a file is tried: before it is taken for a table. */
export const byteFormats: readonly ByteFormat[] = [
  dbn,
  binanceFrames,
  alpacaJson,
  oandaJson,
  jsonLists,
  dukascopyCandles,
  dukascopy,
];

/** Formats of tables, in the order in which a file is tried. */
export const columnFormats: readonly ColumnFormat[] = [
  binanceTrades,
  binanceAggTrades,
  binanceKlines,
  binanceBookTicker,
  tardisTrades,
  tardisQuotes,
  databentoCsv,
  polygonTrades,
  polygonQuotes,
  polygonMinutes,
  histdata,
  ninjaTrader,
  trueFx,
  kibotTicks,
  kibotBars,
  lean,
  bybitBars,
  bybitTrades,
  finam,
  stooq,
  metaTrader5,
  metaTrader4,
  dukascopyCsv,
  dukascopyNode,
  iex,
  cryptoDataDownload,
  yfinance,
  krakenBars,
  bitcoinCharts,
  barometerBars,
  namedColumns,
];

/** Every format that is recognized. */
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
  TickField,
} from './format';
