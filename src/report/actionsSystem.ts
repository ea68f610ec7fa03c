import type { ActionRule } from './action';
import type { Evidence } from './evidence';
import { counted, duration, grouped, roundPercent, times } from './format';
import { fasterCore, upTo } from './knownCapacity';
import { scheduleLagShare } from './scheduleLag';
import { sustainableSpeed } from './verdict';

const most = ({ load }: Evidence): number => Math.max(load.processor, load.analysis);

const loads = ({ load }: Evidence): string =>
  `arrivals ask for ${times(load.processor)} of the processor's time and ` +
  `${times(load.analysis)} of the analysis'`;

/** If both are high. */
export const overloadActions: readonly ActionRule[] = [
  {
    text: 'System overload: reduce the data volume or the computational complexity',
    applies: () => true,
    evidence: ({ edges, state }) =>
      `${roundPercent(edges['coordinator-processor'].behindShare)} of bars and ` +
      `${roundPercent(edges['processor-analysis'].behindShare)} of cycles fell behind, with ` +
      `${counted(state.market.symbols.length, 'symbol')} and ` +
      counted(state.bars.base + state.bars.derived, 'bar'),
    weight: ({ edges }) =>
      Math.min(edges['coordinator-processor'].behindShare, edges['processor-analysis'].behindShare),
  },
  {
    text: 'Clock-driven speed too fast: lower the speed multiplier',
    applies: ({ state }) => state.run.speed > 1,
    evidence: (evidence) => {
      const speed = sustainableSpeed(evidence);
      const now = `at speed ${grouped(evidence.state.run.speed)} ${loads(evidence)}`;
      return speed === undefined ? now : `${now}; about ${grouped(speed)} would do`;
    },
    figure: upTo,
    weight: (evidence) => Math.max(0.5, 1 - 1 / Math.max(1, most(evidence))),
  },
  {
    text: 'Hardware limitation: upgrade the CPU or optimize the critical paths',
    applies: () => true,
    evidence: (evidence) =>
      most(evidence) > 1
        ? `a core ${times(most(evidence))} as fast would just keep up`
        : loads(evidence),
    figure: fasterCore,
    weight: () => 0.3,
  },
];

/** If the coordinator is the culprit. The guide has no such case: it takes the data for granted. */
export const sourceActions: readonly ActionRule[] = [
  {
    text: 'Coordinator too slow: give it a faster source (Parquet instead of text, fewer columns and rows)',
    applies: () => true,
    evidence: ({ stages, state }) =>
      `reading and building ${counted(state.bars.ticks, 'tick')} took ` +
      `${roundPercent(stages.coordinator.busyShare)} of the time`,
    weight: ({ stages }) => stages.coordinator.busyShare,
  },
  {
    text: 'Coordinator too slow: lower the speed multiplier',
    applies: ({ state, edges }) =>
      state.run.speed > 1 && edges['coordinator-processor'].grade !== 'n/a',
    evidence: ({ state }) =>
      `${roundPercent(scheduleLagShare(state))} of the deliveries trailed by more than a base interval, ` +
      `at most by ${duration(state.trailing.maxMs)}`,
    weight: ({ state }) => scheduleLagShare(state),
  },
];
