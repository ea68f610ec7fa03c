import type { Item } from '../../../streams/bars/item';
import type { ItemMeter } from '../../../streams/engine/itemMeter';
import { ServiceLog } from '../../../streams/threads/serviceLog';
import { ServiceReader } from '../../../streams/threads/serviceReader';
import type { ServedStage } from '../../../streams/topology';

const OHLC = { open: 1, high: 1, low: 1, close: 1, volume: 1, count: 1, complete: true };

const itemOf = (n: number, symbolName?: string, interval = 0): Item => {
  const end = (n + 1) * 1_000_000;
  const shared = { base: n, derived: 0, market: end, cause: n, due: n / 2, offered: n };
  if (symbolName === undefined) {
    return {
      bar: undefined,
      watermark: { time: end, last: false },
      symbol: -1,
      interval: 0,
      ...shared,
    };
  }
  const bar = {
    symbol: symbolName,
    interval: ['1s', '5s'][interval] ?? '',
    start: 0,
    end,
    ...OHLC,
  };
  return { bar, watermark: undefined, symbol: symbolName.charCodeAt(0) - 65, interval, ...shared };
};

/** Everything that a meter is told, in words. */
function listener(): { readonly meter: ItemMeter; readonly told: string[] } {
  const told: string[] = [];
  const name = (item: Item): string =>
    [item.bar?.symbol, item.bar?.interval, item.symbol, item.interval, item.market, item.due].join(
      ' ',
    );
  const meter: ItemMeter = {
    onProcessed: (item, took) => told.push(`processed ${name(item)}: ${took}`),
    onHandOver: () => told.push('handed over'),
    onCharge: (strategy, took) => told.push(`charge ${strategy}: ${took}`),
    onAwaited: (ms) => told.push(`awaited ${ms}`),
    onAnalyzed: (item, took) => told.push(`analyzed ${name(item)} of ${item.cause}: ${took}`),
    onDropped: (item, stage) => told.push(`dropped ${name(item)} of ${item.cause} by ${stage}`),
  };
  return { meter, told };
}

/** A log whose columns cross to a reader, as they do between threads. */
function through(stage: ServedStage): { readonly log: ServiceLog; readonly told: string[] } {
  const { meter, told } = listener();
  const reader = new ServiceReader(stage, meter);
  const log = new ServiceLog((services, transfer) => {
    reader.read(structuredClone(services, { transfer: [...transfer] }));
  });
  return { log, told };
}

describe("what each item cost in a stage's thread", () => {
  it("is told in the coordinator's, watermarks included", () => {
    const { log, told } = through('processor');
    log.onServed(itemOf(0, 'A'), 3);
    log.onServed(itemOf(1), 0.5);
    log.flush();
    log.onServed(itemOf(2, 'B', 1), 4);
    log.flush();
    expect(told).toEqual([
      'processed A 1s 0 0 1000000 0: 3',
      'processed   -1 0 2000000 0.5: 0.5',
      'processed B 5s 1 1 3000000 1: 4',
    ]);
  });

  it("with the strategies' parts, what was awaited, and the causes", () => {
    const { log, told } = through('analysis');
    log.onCharge(1, 2);
    log.onCharge(0, 1);
    log.onAwaited(2);
    log.onServed(itemOf(7, 'A'), 3);
    log.onServed(itemOf(8, 'A'), 1);
    log.flush();
    expect(told).toEqual([
      'charge 1: 2',
      'charge 0: 1',
      'awaited 2',
      'analyzed A 1s 0 0 8000000 3.5 of 7: 3',
      'analyzed A 1s 0 0 9000000 4 of 8: 1',
    ]);
  });

  it('and what the inbox behind the processor dropped', () => {
    const { log, told } = through('processor');
    log.onDropped(itemOf(4, 'C', 1));
    log.flush();
    expect(told).toEqual(['dropped C 5s 2 1 5000000 2 of 4 by analysis']);
  });

  it('leaves by itself when there is much of it, and not where there is none', () => {
    const { log, told } = through('processor');
    log.flush();
    for (let n = 0; n < 8_192; n += 1) log.onServed(itemOf(n, 'A'), n);
    expect(told).toHaveLength(8_192);
    expect([log.served, told.at(-1)]).toEqual([
      8_192,
      'processed A 1s 0 0 8192000000 4095.5: 8191',
    ]);
  });
});
