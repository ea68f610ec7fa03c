export interface Point {
  readonly x: number;
  readonly y: number;
  /** Points with all else equal: each group may lie higher or lower than another. */
  readonly group: string;
}

/** The b of y = a · x^b with an a for each group: least squares in logarithms. */
export function exponent(points: readonly Point[]): number {
  const groups = new Map<string, { x: number; y: number }[]>();
  for (const { x, y, group } of points) {
    const own = groups.get(group) ?? [];
    own.push({ x: Math.log(x), y: Math.log(y) });
    groups.set(group, own);
  }
  let xy = 0;
  let xx = 0;
  for (const own of groups.values()) {
    const meanX = own.reduce((sum, { x }) => sum + x, 0) / own.length;
    const meanY = own.reduce((sum, { y }) => sum + y, 0) / own.length;
    for (const { x, y } of own) {
      xy += (x - meanX) * (y - meanY);
      xx += (x - meanX) ** 2;
    }
  }
  return xy / xx;
}
