const LOWEST = 1e-9;
const HIGHEST = 1e12;
/** How far the answer may lie below the true one. */
const TOLERANCE = 1.0005;
/** A step within it. */
const NEAR = 1.00045;

/** After this many steps that leave more than half of the range, the search bisects. */
const MISSES = 3;

/** How hard a speed presses: below 1 it holds. True and false are the least and the most. */
type Pressure = number | boolean;

const numberOf = (pressure: Pressure): number =>
  typeof pressure === 'number' ? pressure : pressure ? 0 : Infinity;

/**
 * The highest speed at which `pressureOf` is below 1, or true, given that it is so at no speed above one at
 * which it is not: within half a thousandth, from below. 0 where it is never so, Infinity where it is at any
 * speed. Numbers take fewer questions: the search goes where they say that 1 is.
 *
 * @param guess Where to begin to look.
 * @param step By how much to go up or down from there, before the search in between.
 */
export function highestSpeed(
  pressureOf: (speed: number) => Pressure,
  guess: number,
  step: number = 2,
): number {
  let low = guess > LOWEST && guess < HIGHEST ? guess : 1;
  let high = low;
  let stride = step;
  let atLow = numberOf(pressureOf(low));
  let atHigh = atLow;
  if (atLow < 1) {
    do {
      if (high >= HIGHEST) return Infinity;
      low = high;
      atLow = atHigh;
      high = Math.min(HIGHEST, low * stride);
      stride *= stride;
      atHigh = numberOf(pressureOf(high));
    } while (atHigh < 1);
  } else {
    do {
      if (low <= LOWEST) return 0;
      high = low;
      atHigh = atLow;
      low = Math.max(LOWEST, high / stride);
      stride *= stride;
      atLow = numberOf(pressureOf(low));
    } while (atLow >= 1);
  }
  let misses = 0;
  while (high / low > TOLERANCE) {
    // Where the pressure jumps, halves are faster than what the curve says.
    const place = misses < MISSES ? placeOfOne(atLow, atHigh) : 0.5;
    const before = high / low;
    const speed = Math.max(Math.min(low * before ** place, high / NEAR), low * NEAR);
    const pressure = numberOf(pressureOf(speed));
    if (pressure < 1) {
      low = speed;
      atLow = pressure;
    } else {
      high = speed;
      atHigh = pressure;
    }
    if ((high / low) ** 2 > before) misses += 1;
  }
  return low;
}

/** Where between two speeds the pressure is 1, if it rises as a power of the speed; in the middle where nothing says so. */
function placeOfOne(atLow: number, atHigh: number): number {
  const place = Math.log(atLow) / (Math.log(atLow) - Math.log(atHigh));
  return place > 0 && place < 1 ? place : 0.5;
}
