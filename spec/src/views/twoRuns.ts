import { buildReport } from '../../../src/report';
import type { Report } from '../../../src/report';
import { diffOf } from '../../../src/views/diff';
import type { Diff } from '../../../src/views/diff';
import { backpressure, delivered, fold, SECOND, started, strategyWorked } from '../metrics/given';

const report = (id: string, events: number, strategy: string): Report =>
  buildReport(
    fold([
      started({ id }),
      delivered(SECOND, 1000, 'SPY'),
      backpressure(SECOND, events, 0, 'SPY'),
      strategyWorked(strategy, { totalMs: 10 }),
    ]),
  );
/** A run with copied lists and one with a sixth of its events, each with a strategy of its own. */
export const diff: Diff = diffOf(report('copying', 300, 'same'), report('zero-copy', 50, 'other'));
