interface Point {
  readonly x: number;
  readonly y: number;
}

interface Trend {
  readonly mean: number;
  /** Of the straight line of least squares. */
  readonly slope: number;
  /** By how much it rises from the first point to the last, as a share of the mean. */
  readonly growth: number;
}

/** The straight line through points; those whose value is not known are left out. */
export function trend(points: readonly Point[]): Trend {
  const known = points.filter(({ y }) => Number.isFinite(y));
  const { length } = known;
  if (length < 2) return { mean: known[0]?.y ?? 0, slope: 0, growth: 0 };
  const meanX = known.reduce((sum, { x }) => sum + x, 0) / length;
  const mean = known.reduce((sum, { y }) => sum + y, 0) / length;
  let both = 0;
  let square = 0;
  for (const { x, y } of known) {
    both += (x - meanX) * (y - mean);
    square += (x - meanX) ** 2;
  }
  const slope = square === 0 ? 0 : both / square;
  const from = (known[0] as Point).x;
  const to = (known.at(-1) as Point).x;
  return { mean, slope, growth: mean === 0 ? 0 : (slope * (to - from)) / mean };
}
