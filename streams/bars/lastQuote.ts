import { OptionError } from '../../operators';
import type { Columns } from './barSeries';
import type { Interval } from './interval';
import type { Quote } from './tick';
import { quoteOf, quoteSeries } from './tickSeries';

/** Index of the series of quotes; throws an `OptionError` where no strategy has requested them. */
export function quotesIn(intervals: readonly Interval[]): number {
  const place = quoteSeries(intervals);
  if (place >= 0) return place;
  throw new OptionError(
    'quote',
    'not kept',
    'requested: give the strategy a function onQuote, or needsQuotes: true',
  );
}

/** The last of this many rows of quotes; undefined for none. */
export function lastQuote(symbol: string, columns: Columns, rows: number): Quote | undefined {
  if (rows === 0) return undefined;
  const value = (name: 'end' | 'open' | 'high' | 'low' | 'close'): number =>
    columns[name][rows - 1] as number;
  return quoteOf({
    symbol,
    end: value('end'),
    open: value('open'),
    high: value('high'),
    low: value('low'),
    close: value('close'),
  });
}
