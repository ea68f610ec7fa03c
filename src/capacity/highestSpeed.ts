const LOWEST = 1e-9;
const HIGHEST = 1e12;
/** How far the answer may lie below the true one. */
const TOLERANCE = 1.0005;

/**
 * The highest speed at which `holds` is true, given that it is false at every speed above one at
 * which it is false: within half a thousandth, from below. 0 where it is never true, Infinity
 * where it is true at any speed.
 *
 * @param guess Where to begin to look.
 * @param step By how much to go up or down from there, before halving.
 */
export function highestSpeed(
  holds: (speed: number) => boolean,
  guess: number,
  step: number = 2,
): number {
  let low = guess > LOWEST && guess < HIGHEST ? guess : 1;
  let high = low;
  let stride = step;
  if (holds(low)) {
    do {
      if (high >= HIGHEST) return Infinity;
      low = high;
      high = Math.min(HIGHEST, low * stride);
      stride *= stride;
    } while (holds(high));
  } else {
    do {
      if (low <= LOWEST) return 0;
      high = low;
      low = Math.max(LOWEST, high / stride);
      stride *= stride;
    } while (!holds(low));
  }
  while (high / low > TOLERANCE) {
    const between = Math.sqrt(low * high);
    if (holds(between)) low = between;
    else high = between;
  }
  return low;
}
