import { extname, join } from 'node:path';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { RingMemory } from '../../../streams/threads/ring';
import { ITEM_COLUMNS } from '../../../streams/threads/itemColumns';
import { ringMemory } from '../../../streams/threads/ring';
import { RingWriter } from '../../../streams/threads/ringWriter';

export interface ConsumerWork {
  readonly ring: RingMemory | undefined;
  readonly items: number;
}

/** Millions of references a second through the ring. */
export async function throughRing(items: number): Promise<number> {
  const memory = ringMemory({ ...ITEM_COLUMNS, slots: 16_384 });
  return timed({ ring: memory, items }, async () => {
    const writer = new RingWriter(memory);
    const { doubles, ints } = writer.cells;
    for (let sent = 0; sent < items;) {
      while (sent < items && writer.hasRoom()) {
        const { slot } = writer;
        for (let column = 0; column < doubles.length; column += 1) {
          (doubles[column] as Float64Array)[slot] = sent;
        }
        for (let column = 0; column < ints.length; column += 1) {
          (ints[column] as Int32Array)[slot] = sent;
        }
        writer.advance();
        sent += 1;
      }
      writer.publish();
      if (sent === items) break;
      await new Promise<void>((resolve) => {
        if (!writer.cells.producer.sleep(() => writer.hasRoom(), resolve)) resolve();
      });
    }
  });
}

/** Millions of items a second with one message per item. */
export const byMessages = (items: number): Promise<number> =>
  timed({ ring: undefined, items }, async (worker) => {
    for (let sent = 0; sent < items; sent += 1) {
      worker.postMessage([sent, sent, sent, sent, sent, 0, 0, 0]);
      // The loop has to turn for messages to leave, as it does in a pipeline.
      if (sent % 4_096 === 4_095) await new Promise((resolve) => setImmediate(resolve));
    }
  });

const FILE = join(__dirname, `ringConsumer${extname(__filename)}`);

/** Millions of items a second, from the first sent to the last received. */
async function timed(work: ConsumerWork, send: (worker: Worker) => Promise<void>): Promise<number> {
  const worker = new Worker(FILE, {
    workerData: work,
    execArgv:
      extname(FILE) === '.ts'
        ? ['-r', createRequire(FILE).resolve('ts-node/register/transpile-only')]
        : [],
  });
  try {
    await message(worker);
    const began = performance.now();
    const received = message(worker);
    await send(worker);
    await received;
    return work.items / (performance.now() - began) / 1_000;
  } finally {
    await worker.terminate();
  }
}

/** The next one. */
const message = (worker: Worker): Promise<void> =>
  new Promise((resolve, reject) => {
    worker.once('message', () => {
      resolve();
    });
    worker.once('error', reject);
  });
