import { countdown, minutes } from './bench';
import type { Bench } from './bench';
import { claimOf } from './guideClaim';
import { renderZeroCopyCell, summariseZeroCopy, ZERO_COPY_HEAD } from './renderZeroCopy';
import { plannedMs, planZeroCopy, zeroCopy } from './zeroCopy';
import type { ZeroCopyCell } from './zeroCopy';

/** The guide's claim, over the grid of own work, gaps and lists. */
export const benchZeroCopy: Bench = async (options, output) => {
  const { own = [10, 25, 100, 500, 1_000], gaps = [0.5, 1, 2, 5], lists = [1, 5] } = options;
  const { items, seed } = options;
  const grid = { own, gaps, lists, items, seed };
  const runs = planZeroCopy(grid).flat();
  const whole = runs.reduce((sum, run) => sum + plannedMs(run), 0);
  if (!output.json) {
    output.line(`${runs.length} replays, ${minutes(whole)}, seed ${seed}.\n${ZERO_COPY_HEAD}`);
  }
  const cells: ZeroCopyCell[] = [];
  for await (const cell of zeroCopy(grid, countdown(runs.length, whole, output))) {
    cells.push(cell);
    const claim = claimOf(cell);
    output.line(output.json ? JSON.stringify({ seed, ...cell, claim }) : renderZeroCopyCell(cell));
  }
  if (!output.json) output.line(`\n${summariseZeroCopy(cells)}`);
};
