import { named, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { EdgeName } from '../../streams/topology';
import { edgeIn } from '../metrics';
import type { CurvePoint } from './curve';

const EIGHTHS = ' ▁▂▃▄▅▆▇█';
const ROWS = 8;
const CELL = 6;

/** Columns of *behind* shares, one per speed: a full column is all of them. */
export function asciiCurve(
  edge: EdgeName,
  curve: readonly CurvePoint[],
  speed: (n: number) => string,
): string[] {
  const { label: title, items } = edgeIn(STANDARD_TOPOLOGY, edge);
  const heights = curve.map(({ edges }) => {
    const share = named(edges, edge).behindShare;
    return share > 0 ? Math.max(1, Math.round(share * ROWS * 8)) : 0;
  });
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const below = (ROWS - 1 - index) * 8;
    const label = index === 0 ? '100 %' : index === ROWS / 2 ? ' 50 %' : '     ';
    const cells = heights.map((height) => {
      const block = EIGHTHS[Math.min(8, Math.max(0, height - below))] ?? ' ';
      return block.repeat(3).padStart(CELL);
    });
    return `${label} │${cells.join('')}`.trimEnd();
  });
  return [
    `${title}: share of ${items} that fall behind, by speed`,
    ...rows,
    `      └${'─'.repeat(CELL * curve.length)}`,
    `       ${curve.map((point) => speed(point.speed).padStart(CELL)).join('')}`,
  ];
}
