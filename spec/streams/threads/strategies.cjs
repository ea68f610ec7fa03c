/** Strategies for worker threads: plain modules, because functions cannot cross to another thread. */
const spin = (microseconds) => {
  const until = performance.now() + microseconds / 1_000;
  while (performance.now() < until);
};

/** The same sequence for the same seed: 0 to 1. */
const random = (seed) => {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

/** Says everything that it can read. */
exports.reader = ({ symbols = [], seed = 1, us = 0, later = 0 } = {}) => {
  const next = random(seed);
  return {
    name: 'reader',
    onBar(bar, context) {
      if (us > 0) spin(next() * us);
      const seen = symbols.flatMap((symbol) =>
        context.intervals.map((interval) => {
          const view = context.history(symbol, interval);
          const sum = view.close.reduce((total, close) => total + close, 0);
          return `${view.length},${view.time},${view.last('open', 2)},${sum}`;
        }),
      );
      const advice = { side: 'buy', note: `${context.symbols.join()}: ${seen.join(' ')}` };
      return next() < later
        ? new Promise((resolve) => setTimeout(() => resolve(advice), 1))
        : advice;
    },
  };
};

/** At the bar of that number it throws nothing, but ends its thread, or never returns, or breaks it from outside. */
exports.broken = ({ at, how }) => {
  let bars = 0;
  return {
    name: 'broken',
    onBar() {
      bars += 1;
      if (bars !== at) return undefined;
      if (how === 'exit') process.exit(3);
      if (how === 'hang') for (;;);
      if (how === 'promise') return new Promise(() => undefined);
      if (how === 'throw') throw new Error('it broke');
      setImmediate(() => {
        throw new Error('out of the blue');
      });
      return new Promise(() => undefined);
    },
  };
};

/** Work of random length that every item costs. */
exports.burden = ({ seed, us }) => {
  const next = random(seed);
  return () => spin(next() * us);
};

exports.unloadable = () => {
  throw new Error('no strategy today');
};
