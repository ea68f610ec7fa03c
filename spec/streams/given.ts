import type { Bar, Item, RowSource, Tick } from '../../streams';
import { Feed, History, parseDerived, parseInterval } from '../../streams';
import { DerivedBars } from '../../streams/bars/derivedBars';
import type { FeedSession } from '../../streams/bars/feed';
import { fromColumns, fromTicks } from '../../streams/sources';

/** Microseconds: specifications speak of seconds since the epoch. */
export const S = 1_000_000;
export const M = 60 * S;

/** `'A 0.5 10'` or `'A 0.5 10 x3'`: symbol, second, price, size. */
export function tick(text: string): Tick {
  const [symbol = '', second, price, size] = text.split(' ');
  const one = { symbol, time: Number(second) * S, price: Number(price) };
  return size === undefined ? one : { ...one, size: Number(size.slice(1)) };
}

export const ticksOf = (...texts: readonly string[]): RowSource => fromTicks(texts.map(tick));

export const historyOf = (
  bars: string,
  derive: readonly string[] = [],
  retention?: number,
): History => {
  const base = parseInterval(bars);
  return new History([base, ...parseDerived(derive, base)], retention);
};

/** All items that a feed of synchronous sources has, in order. */
export function itemsOf(
  sources: readonly RowSource[],
  history: History,
  session: FeedSession = {},
): Item[] {
  const feed = new Feed(sources, history, session);
  return [...(feed.chunks() as Iterable<readonly Item[]>)].flat();
}

/** As the processor sees them: base bars as they come, derived ones where a watermark closes them. */
export function barsOf(items: readonly Item[], history: History): Bar[] {
  const derived = new DerivedBars(history);
  return items.flatMap((item) => {
    if (item.watermark !== undefined) {
      return derived.close(item, item.watermark).map(({ bar }) => bar as Bar);
    }
    derived.add(item.symbol, item.bar as Bar);
    return [item.bar as Bar];
  });
}

const clock = (time: number): string => `${time / S}`;

/** `A 1s [0,1) 10 12 9 11 v3 n2`, with `open` where it is unfinished and `of 5` where it tells its coverage. */
export function said({
  symbol,
  interval,
  start,
  end,
  open,
  high,
  low,
  close,
  volume,
  count,
  complete,
  coverage,
}: Bar): string {
  const window = `[${clock(start)},${clock(end)})`;
  const tail = `${complete ? '' : ' open'}${coverage === undefined ? '' : ` of ${coverage}`}`;
  return `${symbol} ${interval} ${window} ${open} ${high} ${low} ${close} v${volume} n${count}${tail}`;
}

/** `A[0,1)`, with `open` where unfinished; `W5` for a watermark at 5 s, `W5.` for the last one. */
export function brief({ bar, watermark }: Item): string {
  if (watermark !== undefined) return `W${clock(watermark.time)}${watermark.last ? '.' : ''}`;
  const { symbol, start, end, complete } = bar as Bar;
  return `${symbol}[${clock(start)},${clock(end)})${complete ? '' : 'open'}`;
}

/** Recorded bars of a number of symbols, in columns; each row is [symbol, start in seconds, open, high, low, close, volume]. */
export function recorded(
  rows: readonly (readonly [string, number, number, number, number, number, number])[],
  interval: number,
): RowSource {
  const symbols = [...new Set(rows.map(([symbol]) => symbol))];
  const column = (index: 1 | 2 | 3 | 4 | 5 | 6, scale = 1): Float64Array =>
    Float64Array.from(rows, (row) => row[index] * scale);
  return fromColumns({
    interval,
    symbols,
    symbol: Uint32Array.from(rows, ([symbol]) => symbols.indexOf(symbol)),
    time: column(1, S),
    open: column(2),
    high: column(3),
    low: column(4),
    close: column(5),
    volume: column(6),
  });
}
