import type { SpeedLimits } from '../../streams/events';
import type { MetricsState } from '../metrics';
import type { Effect, TakenWork } from './actions/action';

/** What is known of a run's capacity where its service times were recorded; speeds may be Infinity. */
export interface KnownCapacity extends Effect {
  /** Not everything was served: speeds are estimates. */
  readonly estimated: boolean;
  /** The speeds with some work taken away; undefined where that was not found out. */
  readonly effectOf?: (taken: TakenWork) => Effect | undefined;
}

const effectIn = ({
  sustainableSpeed = Infinity,
  stableSpeed = Infinity,
}: SpeedLimits): Effect => ({
  sustainableSpeed,
  stableSpeed,
});

/** The order of its names does not matter. */
const keyOf = (taken: TakenWork): string => {
  const { stage, strategy, symbol, interval, factor, awaited, shards } = taken;
  return JSON.stringify([stage, strategy, symbol, interval, factor, awaited, shards]);
};

/** What the run's own events say of it. */
export function capacityIn({ speeds }: MetricsState): KnownCapacity | undefined {
  if (speeds === undefined) return undefined;
  const effects = new Map(speeds.effects.map((effect) => [keyOf(effect.taken), effect]));
  return {
    ...effectIn(speeds),
    estimated: speeds.estimated,
    effectOf: (taken) => {
      const found = effects.get(keyOf(taken));
      return found === undefined ? undefined : effectIn(found);
    },
  };
}
