import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import fc from 'fast-check';
import type { Bar } from '../../../streams';
import { History } from '../../../streams';
import { SegmentRegistry } from '../../../streams/threads/segmentRegistry';
import { AnnouncementCount } from '../../../streams/threads/sharedControl';
import type { Announcement } from '../../../streams/threads/sharedSegment';
import { SharedReader } from '../../../streams/threads/sharedReader';
import { SharedWriter } from '../../../streams/threads/sharedWriter';
import { repetitions } from '../../support/properties';

const INTERVALS = [
  { name: 'tick', length: 0 },
  { name: '1s', length: 1_000_000 },
];

const bar = (symbol: number, interval: string, value: number): Bar => ({
  symbol: `S${symbol}`,
  interval,
  start: value,
  end: value + 1,
  open: value,
  high: value,
  low: -value,
  close: value,
  volume: value,
  count: 1,
  complete: true,
  ...(interval === 'tick' ? {} : { coverage: value % 5 }),
  ...(value % 3 === 0 ? { gap: value } : {}),
});

describe('shared columns', () => {
  it('show what a history of one thread shows, whatever the pin, however far the writer is ahead', () => {
    const append = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(append, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 200 }),
        (appends, retention, lag) => {
          const history = new History(INTERVALS, retention);
          const announced: Announcement[] = [];
          const writer = new SharedWriter(INTERVALS, (one) => announced.push(one), retention);
          const reader = new SharedReader(
            INTERVALS,
            () => {
              for (const one of announced.splice(0)) reader.add(one);
            },
            retention,
          );
          const written = appends.map(([symbol, derived], index) => {
            const one = bar(symbol, derived ? '1s' : 'tick', index + 1);
            if (derived) writer.appendDerived(1, symbol, one);
            else writer.appendBase(symbol, one);
            return { symbol, derived, one, base: writer.base, rows: writer.derived };
          });
          // Reads behind the writer, each time with the pin of what is read.
          for (const { symbol, derived, one, base, rows } of written.slice(0, lag + 1)) {
            if (derived) history.appendDerived(1, symbol, one);
            else history.appendBase(symbol, one);
            const pin = { base, derived: rows };
            history.reached(pin);
            expect(reader.bar(derived ? 1 : 0, symbol, pin)).toEqual(one);
            expect(reader.symbols(pin)).toEqual(history.symbols(pin));
            for (const name of history.symbols(pin)) {
              for (const interval of ['tick', '1s']) {
                const actual = reader.view(name, interval, pin);
                const expected = history.view(name, interval, pin);
                expect([...actual.close]).toEqual([...expected.close]);
                expect(actual.time).toBe(expected.time);
              }
            }
          }
        },
      ),
      repetitions(60),
    );
  });

  it('no torn row and no row from the future, while another thread appends', async () => {
    const rows = 300_000;
    const retention = 50;
    const { port1, port2 } = new MessageChannel();
    const count = AnnouncementCount.memory();
    const published = new SharedArrayBuffer(8);
    const worker = new Worker(join(__dirname, 'columnsWriter.ts'), {
      workerData: { port: port1, count, published, rows, intervals: INTERVALS, retention },
      transferList: [port1],
      execArgv: ['-r', require.resolve('ts-node/register/transpile-only')],
    });
    const announced = new SegmentRegistry(INTERVALS, [{ port: port2, count }], retention);
    const pinned = new BigInt64Array(published);
    const faults: string[] = [];
    let looks = 0;
    const look = (base: number): void => {
      for (let symbol = 0; symbol < 3; symbol += 1) {
        // The latest row of the symbol that is not later than the pin.
        const latest = base - ((base - symbol + 3) % 3);
        const view = announced.reader.view(`S${symbol}`, 'tick', { base, derived: 0 });
        const expected = Math.min(
          retention,
          Math.floor((latest + (symbol === 0 ? 0 : 3 - symbol)) / 3),
        );
        if (view.length !== Math.max(0, expected)) faults.push(`${base}: ${view.length} rows`);
        for (let back = 0; back < view.length; back += 1) {
          const order = latest - 3 * back;
          const row = (['start', 'open', 'high', 'close', 'volume'] as const).map((column) =>
            view.last(column, back),
          );
          if (row.some((value) => value !== order) || view.last('low', back) !== -order) {
            faults.push(`${base}: row ${order} is ${row.join()}`);
          }
        }
      }
      looks += 1;
    };
    for (let base = 0; base < rows && faults.length === 0;) {
      base = Number(Atomics.load(pinned, 0));
      if (base > 0) look(base);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await worker.terminate();
    port2.close();
    expect(faults).toEqual([]);
    expect(looks).toBeGreaterThan(0);
  }, 60_000);
});
