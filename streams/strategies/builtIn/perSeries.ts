import type { Bar } from '../../bars/bar';

/** Its own state for each symbol and interval, made when the first bar of it comes. */
export function perSeries<S>(make: () => S): (bar: Pick<Bar, 'symbol' | 'interval'>) => S {
  const bySymbol = new Map<string, Map<string, S>>();
  return ({ symbol, interval }) => {
    let byInterval = bySymbol.get(symbol);
    if (byInterval === undefined) bySymbol.set(symbol, (byInterval = new Map<string, S>()));
    let state = byInterval.get(interval);
    if (state === undefined) byInterval.set(interval, (state = make()));
    return state;
  };
}
