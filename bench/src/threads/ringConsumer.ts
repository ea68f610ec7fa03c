import { parentPort, workerData } from 'node:worker_threads';
import { RingReader } from '../../../streams/threads/ringReader';
import type { ConsumerWork } from './ringThroughput';

/** The receiver of `throughRing` and `byMessages`: reads everything and reports start and end. */
const { ring, items } = workerData as ConsumerWork;
const port = parentPort;
if (port === null) throw new Error('ringConsumer is started as a worker thread');

let received = 0;
let sum = 0;

if (ring === undefined) {
  port.on('message', (item: readonly number[]) => {
    for (const value of item) sum += value;
    received += 1;
    if (received === items) port.postMessage(sum);
  });
} else {
  const reader = new RingReader(ring);
  const { doubles, ints } = reader.cells;
  const look = (): void => {
    do {
      while (reader.available() > 0) {
        const { slot } = reader;
        for (let column = 0; column < doubles.length; column += 1) {
          sum += (doubles[column] as Float64Array)[slot] as number;
        }
        for (let column = 0; column < ints.length; column += 1) {
          sum += (ints[column] as Int32Array)[slot] as number;
        }
        reader.take();
        received += 1;
        reader.finish(0);
      }
      reader.publish();
      if (received === items) {
        port.postMessage(sum);
        return;
      }
    } while (!reader.cells.consumer.sleep(() => reader.available() > 0, look));
  };
  // A pending wait alone does not keep a thread alive.
  port.on('message', () => undefined);
  look();
}
port.postMessage('ready');
