import type { MetricsState } from '../../metrics';
import { roundPercent } from '../format';
import { THRESHOLDS } from '../grades';
import { scheduleLagShare } from '../scheduleLag';

/** Share of releases that the coordinator itself made late from which it is responsible: the first edge's medium. */
const LATE = THRESHOLDS['coordinator-processor'].medium;

/** A lag of the machine's making is short; one that grows is a part of the run's time. */
const OF_THE_RUN = 0.2;

/** What the coordinator is accused of; undefined where it kept to its schedule. */
export function coordinatorLag(state: MetricsState): string | undefined {
  const share = scheduleLagShare(state);
  const { configuration } = state.run;
  if (configuration?.time !== 'wall' || share < LATE) return undefined;
  if (state.trailing.maxMs < OF_THE_RUN * state.at) return undefined;
  const limit = configuration.bars === 'tick' ? '10 ms' : `one ${configuration.bars} bar`;
  return (
    `Coordinator slower than the clock: by its own work, ${roundPercent(share)} of the releases ` +
    `left more than ${limit} after they were due.`
  );
}
