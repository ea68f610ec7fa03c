/** Keeps its thread for 50 ms at each bar. */
module.exports = () => ({
  name: 'slow',
  onBar: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  },
});
