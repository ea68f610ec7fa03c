import { countdown, minutes } from './bench';
import type { Bench } from './bench';
import {
  renderUtilisationCell,
  summariseUtilisations,
  UTILISATION_HEAD,
} from './renderUtilisations';
import {
  ITEMS,
  plannedMs,
  planUtilisations,
  threadsAgainstSimulated,
} from './threadsAgainstSimulated';
import type { UtilisationCell } from './threadsAgainstSimulated';

/** Real threads against the recursion and against the simulation. */
export const benchThreads: Bench = async (options, output) => {
  const { utilisations = [0.2, 0.5, 0.8, 1.2], gaps = [10, 5, 2, 1] } = options;
  const { service = 'exponential', items = ITEMS, seed } = options;
  const ties = service === 'exponential' && options.utilisations === undefined;
  const grid = { utilisations, gaps, service, ties, items, seed };
  const plan = planUtilisations(grid).map((cell) => plannedMs(cell, items));
  const whole = plan.reduce((sum, ms) => sum + ms, 0);
  if (!output.json) {
    output.line(
      `${plan.length} pairs of replays, ${items} items each, ${minutes(whole)}, seed ${seed}.\n${UTILISATION_HEAD}\n`,
    );
  }
  const done = countdown(plan.length, whole, output);
  const cells: UtilisationCell[] = [];
  for await (const cell of threadsAgainstSimulated(grid)) {
    cells.push(cell);
    done(plannedMs(cell, items));
    output.line(
      output.json ? JSON.stringify({ seed, items, ...cell }) : renderUtilisationCell(cell),
    );
  }
  if (!output.json) output.line(`\n${summariseUtilisations(cells)}`);
};
