/** Milliseconds that the n-th bar takes, by plan. */
const PLANS = {
  constant: () => 60,
  minute: (n) => (n >= 60 && n < 120 ? 100 : 1),
  rare: (n) => (n % 50 === 25 ? 400 : 0.5),
  leak: (n) => n * 0.5,
  calm: () => 2,
};

/** Keeps the thread busy for so long. */
const burn = (ms) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

/** A strategy that works, or waits, for as long as its plan says. */
module.exports = ({ plan, waits = 'no' }) => {
  let n = 0;
  return {
    name: plan,
    onBar: () => {
      const ms = PLANS[plan](n);
      n += 1;
      if (waits === 'yes') return new Promise((resolve) => void setTimeout(resolve, ms));
      burn(ms);
      return undefined;
    },
  };
};
module.exports.PLANS = PLANS;
