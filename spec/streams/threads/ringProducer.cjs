/** The other side of the ring's cells, written by hand: what it and the reader agree on is the memory alone. */
const { workerData } = require('node:worker_threads');

const { memory, count } = workerData;
const { buffer, slots } = memory;
const LINE = 128;
const tail = new BigInt64Array(buffer, 0, 1);
const done = new BigInt64Array(buffer, LINE, 1);
const bell = new Int32Array(buffer, 2 * LINE, 1);
const room = new Int32Array(buffer, 3 * LINE, 1);
const first = new Float64Array(buffer, 4 * LINE, slots);
const second = new Float64Array(buffer, 4 * LINE + 8 * slots, slots);
const third = new Int32Array(buffer, 4 * LINE + 16 * slots, slots);

const publish = (written) => {
  Atomics.store(tail, 0, BigInt(written));
  if (Atomics.compareExchange(bell, 0, 1, 0) === 1) Atomics.notify(bell, 0);
};

for (let written = 0; written < count; written += 1) {
  while (written - Number(Atomics.load(done, 0)) >= slots) {
    publish(written);
    Atomics.store(room, 0, 1);
    if (written - Number(Atomics.load(done, 0)) >= slots) Atomics.wait(room, 0, 1);
  }
  const slot = written % slots;
  first[slot] = written;
  second[slot] = -written;
  third[slot] = written;
  if (written % 64 === 63) publish(written + 1);
}
publish(count);
