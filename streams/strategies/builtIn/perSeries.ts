import type { Bar } from '../../bars/bar';

/** Its own state for each symbol and interval, made when the first bar of it comes. */
export function perSeries<S>(make: () => S): (bar: Pick<Bar, 'symbol' | 'interval'>) => S {
  // Symbols may be many, intervals are few: so few are the maps.
  const byInterval = new Map<string, Map<string, S>>();
  return ({ symbol, interval }) => {
    let bySymbol = byInterval.get(interval);
    if (bySymbol === undefined) byInterval.set(interval, (bySymbol = new Map<string, S>()));
    let state = bySymbol.get(symbol);
    if (state === undefined) bySymbol.set(symbol, (state = make()));
    return state;
  };
}
