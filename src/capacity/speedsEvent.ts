import type { PipelineEvent, SpeedLimits, TakenWork } from '../../streams/events';
import type { MetricsState } from '../metrics';
import { diagnose } from '../report';
import type { Effect, KnownCapacity } from '../report';

type SpeedsEvent = Extract<PipelineEvent, { readonly type: 'speeds' }>;

/** JSON has no Infinity. */
const limitsOf = ({ sustainableSpeed, stableSpeed }: Effect): SpeedLimits => ({
  ...(sustainableSpeed < Infinity ? { sustainableSpeed } : {}),
  ...(stableSpeed < Infinity ? { stableSpeed } : {}),
});

/** A run's speeds, and what the actions that it is advised would make of them. */
export function speedsEvent(state: MetricsState, capacity: KnownCapacity): SpeedsEvent {
  const effects: (SpeedLimits & { readonly taken: TakenWork })[] = [];
  const { effectOf } = capacity;
  if (effectOf !== undefined) {
    diagnose(state, {
      ...capacity,
      effectOf: (taken) => {
        const effect = effectOf(taken);
        if (effect !== undefined) effects.push({ taken, ...limitsOf(effect) });
        return effect;
      },
    });
  }
  const { estimated } = capacity;
  return { type: 'speeds', at: state.at, ...limitsOf(capacity), estimated, effects };
}
