/** Strategies for worker threads: plain modules, because functions cannot cross to another thread. */
const { receiveMessageOnPort } = require('node:worker_threads');

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

/**
 * An instrument. Each item costs `us[stage]` microseconds at most, of random length; its service time
 * is appended to `times[stage]`, whose first number says how many there are; `counts[stage]` counts
 * items, outputs, hand-overs to a stage that was ready, and to one that was not.
 */
exports.instrument = ({ seed = 1, us = {}, times = {}, counts = {} }, stage) => {
  const next = random(seed);
  const serviceTimes = times[stage] && new Float64Array(times[stage]);
  const count = new Int32Array(counts[stage] ?? new SharedArrayBuffer(16));
  return {
    onItem() {
      count[0] += 1;
      if (us[stage] > 0) spin(next() * us[stage]);
    },
    onOutput(bar) {
      if (bar.complete) count[1] += 1;
    },
    onHandOver(isReady) {
      count[isReady ? 2 : 3] += 1;
    },
    onServed(serviceTime) {
      if (serviceTimes === undefined) return;
      serviceTimes[0] += 1;
      serviceTimes[serviceTimes[0]] = serviceTime;
    },
  };
};

/** Instruments that pass a number on for each bar, from stage to stage: the last one adds them up. */
exports.relay = (sum, stage, [from, to = from]) => ({
  onOutput: () => to.postMessage(1),
  onItem: () => {
    const { message = 0 } = receiveMessageOnPort(from) ?? {};
    if (stage === 'analysis') new Float64Array(sum)[0] += message;
  },
});

/** Tells what it hears of ticks, and the quote that stands. */
exports.listener = () => ({
  name: 'listener',
  onBar: ({ symbol, end }, { quote }) => ({
    side: 'flat',
    note: `bar ${symbol} ${end} ${quote()?.bid}`,
  }),
  onTrade: ({ symbol, time, price, size, side }, { quote }) => ({
    side,
    note: `trade ${symbol} ${time} ${price}x${size} ${quote()?.ask}`,
  }),
  onQuote: ({ symbol, time, bid, ask, bidSize, askSize }) => ({
    side: 'flat',
    note: `quote ${symbol} ${time} ${bid}x${bidSize} ${ask}x${askSize}`,
  }),
});

exports.unloadable = () => {
  throw new Error('no strategy today');
};

/** Says what it is called with besides bars, and what it can read then. */
exports.moments = ({ symbols = [] } = {}) => {
  const say = (what, { time, history, localTime, session }) => ({
    side: 'flat',
    symbol: 'A',
    note: `${what} ${time} ${localTime().hour} ${session?.end} ${symbols.map((name) => history(name, '2s').length)}`,
  });
  return {
    name: 'moments',
    timer: '5s',
    onBar: () => undefined,
    onBars: (bars, context) => say(bars.map(({ symbol, close }) => symbol + close).join(), context),
    onTimer: (time, context) => Promise.resolve(say('timer', context)),
    onSessionStart: (_session, context) => say('open', context),
    onStart: (context) => say('start', context),
    onEnd: (context) => say('end', context),
  };
};
