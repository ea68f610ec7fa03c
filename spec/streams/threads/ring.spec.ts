import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { LINE_BYTES } from '../../../streams/threads/waitCell';
import { ringMemory } from '../../../streams/threads/ring';
import { RingReader } from '../../../streams/threads/ringReader';
import { BATCH, RingWriter } from '../../../streams/threads/ringWriter';

const SHAPE = { slots: 128, doubles: 1, ints: 1 };

type Step = 'write' | 'publish' | 'take' | 'finish' | 'tell';
const steps = fc.array(
  fc.constantFrom<Step>('write', 'write', 'write', 'publish', 'take', 'take', 'finish', 'tell'),
  { maxLength: 2_000 },
);

describe('a ring between one producer and one consumer', () => {
  it('loses, doubles and reorders nothing, whatever the interleaving', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 128 }), (taken, capacity) => {
        const memory = ringMemory(SHAPE);
        const writer = new RingWriter(memory, capacity);
        const reader = new RingReader(memory);
        const read: number[] = [];
        let written = 0;
        let finished = 0;
        const act: Record<Step, () => void> = {
          write: () => {
            if (!writer.hasRoom()) return;
            (writer.cells.doubles[0] as Float64Array)[writer.slot] = written;
            writer.advance();
            written += 1;
          },
          publish: () => {
            writer.publish();
          },
          take: () => {
            if (reader.available() === 0) return;
            read.push(reader.cells.doubles[0]?.[reader.slot] as number);
            reader.take();
          },
          finish: () => {
            if (finished === read.length) return;
            finished += 1;
            reader.finish(finished);
          },
          tell: () => {
            reader.publish();
          },
        };
        for (const step of taken) {
          act[step]();
          expect(writer.unpublished).toBeLessThan(BATCH);
          expect(written - finished).toBeLessThanOrEqual(capacity);
          // Ready is said only where it is true.
          if (writer.isDrained()) expect(finished).toBe(written);
        }
        act.publish();
        while (reader.available() > 0) act.take();
        expect(read).toEqual(Array.from({ length: written }, (_, index) => index));
        while (finished < read.length) act.finish();
        act.tell();
        expect(writer.isDrained()).toBe(true);
        expect(writer.cells.finishedAt[0]).toBe(finished);
      }),
    );
  });

  it.each([
    ['half of what it may have is free', 8, 8, [1, 1, 1, 0, 1, 1, 1, 0]],
    ['or everything is finished', 8, 3, [1, 1, 0]],
    ['one place is all that there is', 1, 1, [0]],
  ])('wakes a producer that sleeps for want of room when %s', (_, capacity, entries, expected) => {
    const memory = ringMemory(SHAPE);
    const writer = new RingWriter(memory, capacity);
    const reader = new RingReader(memory);
    for (let entry = 0; entry < entries; entry += 1) writer.advance();
    writer.publish();
    expect(reader.available()).toBe(entries);
    // 1 while it wants to be woken, as if it went to sleep again each time.
    const bell = new Int32Array(memory.buffer, 3 * LINE_BYTES, 1);
    const asleep = expected.map(() => {
      bell[0] = 1;
      reader.take();
      reader.finish(0);
      reader.publish();
      return bell[0];
    });
    expect(asleep).toEqual(expected);
  });

  it('carries two million entries from thread to thread, each whole and in its place', async () => {
    const memory = ringMemory({ slots: 1_024, doubles: 2, ints: 1 });
    const count = 2_000_000;
    const worker = new Worker(join(__dirname, 'ringProducer.cjs'), {
      workerData: { memory, count },
    });
    const reader = new RingReader(memory);
    const [first, second] = reader.cells.doubles as [Float64Array, Float64Array];
    const [third] = reader.cells.ints as [Int32Array];
    let read = 0;
    let torn = 0;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        do {
          while (reader.available() > 0) {
            const { slot } = reader;
            if (first[slot] !== read || second[slot] !== -read || third[slot] !== read) torn += 1;
            reader.take();
            read += 1;
            reader.finish(read);
          }
          reader.publish();
          if (read === count) {
            resolve();
            return;
          }
        } while (!reader.cells.consumer.sleep(() => reader.available() > 0, look));
      };
      look();
    });
    await worker.terminate();
    expect(torn).toBe(0);
  }, 60_000);
});
