import fc from 'fast-check';
import type { Bar } from '../../../streams';
import { OpenBars } from '../../../streams/bars/openBars';

const framing = { symbol: 'A', interval: '1s', start: 0, end: 1_000_000, complete: true };
const tick = (open: OpenBars, symbol: number, price: number, volume = 1): void => {
  open.add(symbol, price, price, price, price, volume);
};
const numbers = ({ open, high, low, close, volume, count }: Bar) => ({
  open,
  high,
  low,
  close,
  volume,
  count,
});

describe('the open window', () => {
  it('is empty until there is a row, and after it is closed', () => {
    const open = new OpenBars();
    const before = open.isEmpty;
    tick(open, 0, 10);
    const during = open.isEmpty;
    open.close();
    expect([before, during, open.isEmpty]).toEqual([true, false, true]);
  });

  it('has a bar with its framing for each symbol that had a row, in order of their numbers', () => {
    const open = new OpenBars();
    tick(open, 2, 20, 3);
    tick(open, 0, 10, 5);
    expect(open.close()).toEqual([0, 2]);
    expect(open.take(2, framing)).toEqual({
      ...framing,
      open: 20,
      high: 20,
      low: 20,
      close: 20,
      volume: 3,
      count: 1,
    });
  });

  it('knows nothing of the window before', () => {
    const open = new OpenBars();
    tick(open, 0, 99, 9);
    open.close();
    open.take(0, framing);
    tick(open, 0, 5);
    tick(open, 1, 7);
    expect(open.close()).toEqual([0, 1]);
    expect(numbers(open.take(0, framing))).toEqual({
      open: 5,
      high: 5,
      low: 5,
      close: 5,
      volume: 1,
      count: 1,
    });
  });

  it('takes bars as well as ticks', () => {
    const open = new OpenBars();
    open.add(0, 5, 9, 4, 6, 10);
    open.add(0, 6, 7, 2, 3, 20);
    open.close();
    expect(numbers(open.take(0, framing))).toEqual({
      open: 5,
      high: 9,
      low: 2,
      close: 3,
      volume: 30,
      count: 2,
    });
  });

  it('is first, max, min, last, sum and count, whatever comes, of however many symbols', () => {
    const row = fc.record({
      symbol: fc.oneof(fc.nat(3), fc.nat(200)),
      price: fc.integer({ min: -50, max: 50 }),
      volume: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const open = new OpenBars();
        for (const { symbol, price, volume } of rows) tick(open, symbol, price, volume);
        const symbols = [...new Set(rows.map(({ symbol }) => symbol))].sort((a, b) => a - b);
        expect(open.close()).toEqual(symbols);
        for (const symbol of symbols) {
          const own = rows.filter((each) => each.symbol === symbol);
          const prices = own.map(({ price }) => price);
          expect(numbers(open.take(symbol, framing))).toEqual({
            open: prices[0],
            high: Math.max(...prices),
            low: Math.min(...prices),
            close: prices.at(-1),
            volume: own.reduce((sum, { volume }) => sum + volume, 0),
            count: own.length,
          });
        }
      }),
    );
  });
});
