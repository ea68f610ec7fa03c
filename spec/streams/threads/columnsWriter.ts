import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { SegmentPublisher } from '../../../streams/threads/segmentRegistry';
import { SharedWriter } from '../../../streams/threads/sharedWriter';

/** Appends bars of several symbols as fast as it can; every value of a row tells the row's number. */
const { port, count, published, rows, intervals, retention } = workerData as {
  readonly port: MessagePort;
  readonly count: SharedArrayBuffer;
  readonly published: SharedArrayBuffer;
  readonly rows: number;
  readonly intervals: readonly { name: string; length: number }[];
  readonly retention: number;
};
const announcer = new SegmentPublisher([port], count);
const writer = new SharedWriter(
  intervals,
  (segment) => {
    announcer.announce({ segment });
  },
  retention,
);
const pin = new BigInt64Array(published);

for (let order = 1; order <= rows; order += 1) {
  const symbol = order % 3;
  writer.appendBase(symbol, {
    symbol: `S${symbol}`,
    interval: 'tick',
    start: order,
    end: order,
    open: order,
    high: order,
    low: -order,
    close: order,
    volume: order,
    count: 1,
    complete: true,
  });
  Atomics.store(pin, 0, BigInt(order));
}
