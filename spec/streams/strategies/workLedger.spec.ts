import fc from 'fast-check';
import { WorkLedger } from '../../../streams/strategies/workLedger';
import { marketsIn, totalsIn } from '../workOf';

const NAMES = ['sma', 'constructor'];
const INTERVALS = ['1s', '5s'];

/** Calls of a window: strategy, interval, symbol, milliseconds. */
const calls = fc.array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(40), fc.integer({ min: 0, max: 9 })), {
  maxLength: 50,
});

describe('the accounts of strategies', () => {
  it('of all windows add up, in total and by symbol', () => {
    fc.assert(
      fc.property(fc.array(calls, { maxLength: 70 }), (windows) => {
        const ledger = new WorkLedger(NAMES, INTERVALS);
        const totals = new Map<string, number>();
        const markets = new Map<string, number>();
        const add = (sums: Map<string, number>, key: string, by: number): void => {
          sums.set(key, (sums.get(key) ?? 0) + by);
        };
        const events = windows.flatMap((window, at) => {
          for (const [strategy, interval, symbol, took] of window) {
            ledger.onCall(strategy, interval, symbol, `S${symbol}`, took);
            const name = NAMES[strategy] ?? '';
            add(totals, name, took + 1);
            add(markets, `${name} S${symbol} ${INTERVALS[interval] ?? ''}`, took + 1);
          }
          return ledger.flush(at, 'window');
        });
        events.push(...ledger.flush(windows.length, 'end'));
        const found = { totals: new Map<string, number>(), markets: new Map<string, number>() };
        for (const { strategy, items, totalMs } of totalsIn(events)) {
          if (items > 0) add(found.totals, strategy, items + totalMs);
        }
        for (const { strategy, symbol, interval, items, totalMs } of marketsIn(events)) {
          add(found.markets, `${strategy} ${symbol} ${interval}`, items + totalMs);
        }
        expect(found).toEqual({ totals, markets });
      }),
    );
  });

  it('have no symbol in most windows of a long run', () => {
    const ledger = new WorkLedger(['sma'], ['1s']);
    const detailed: number[] = [];
    for (let window = 1; window <= 100; window += 1) {
      ledger.onCall(0, 0, 0, 'A', 1);
      const [event] = ledger.flush(window, 'window');
      expect(event?.totals[0]?.items).toBe(1);
      if (event !== undefined && event.items.length > 0) detailed.push(window);
    }
    expect(detailed).toEqual([1, 2, 4, 8, 16, 32, 64, 96]);
    expect(ledger.flush(101, 'end')[0]?.items).toEqual([4]);
  });

  it('say nothing where nothing has happened', () => {
    expect(new WorkLedger(NAMES, INTERVALS).flush(0, 'end')).toEqual([]);
  });

  it('keep the first error of a window, and count all', () => {
    const ledger = new WorkLedger(['sma'], ['1s']);
    ledger.onError(0, new Error('first'));
    ledger.onError(0, new Error('second'));
    expect(ledger.flush(0, 'window')[0]?.totals).toMatchObject([{ errors: 2, error: 'first' }]);
  });
});
