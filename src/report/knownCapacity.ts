import type { Evidence } from './evidence';
import { times } from './format';
import { speedUpTo } from './speedText';

/** What is known of a run's capacity where its service times were recorded; speeds may be Infinity. */
export interface KnownCapacity {
  /** The highest speed at which no edge grades worse than low. */
  readonly sustainableSpeed: number;
  readonly gains?: { readonly ranked: readonly KnownGain[] };
}

/** The sustainable speed if something took a fifth less time, and if it were gone. */
export interface KnownGain {
  readonly kind: 'stage' | 'strategy' | 'symbol' | 'interval';
  readonly name: string;
  readonly fasterSpeed: number;
  readonly goneSpeed?: number;
}

/** A sentence of what an action would do, in figures; undefined where there is none. */
export type Figure = (evidence: Evidence, capacity: KnownCapacity) => string | undefined;

type Named = (evidence: Evidence) => string | undefined;

function gainOf({ gains }: KnownCapacity, kind: KnownGain['kind'], name: string | undefined) {
  return gains?.ranked.find((gain) => gain.kind === kind && gain.name === name);
}

/** As exact as the search for it; an effect that is smaller is none. */
const LEAST = 1.001;

function gained(
  speed: number | undefined,
  { sustainableSpeed }: KnownCapacity,
): string | undefined {
  if (speed === undefined || !(speed > sustainableSpeed * LEAST)) return undefined;
  return `would keep up to ${speedUpTo(speed)} instead of ${speedUpTo(sustainableSpeed)}`;
}

/** What a fifth less of its time would do. */
export const faster =
  (kind: KnownGain['kind'], named: Named): Figure =>
  (evidence, capacity) => {
    const name = named(evidence);
    const gain = gained(gainOf(capacity, kind, name)?.fasterSpeed, capacity);
    return gain === undefined ? undefined : `with 20 % less time for \`${name}\` it ${gain}`;
  };

/** What it would do to be without it. */
export const without =
  (kind: KnownGain['kind'], named: Named): Figure =>
  (evidence, capacity) => {
    const name = named(evidence);
    const gain = gained(gainOf(capacity, kind, name)?.goneSpeed, capacity);
    return gain === undefined ? undefined : `without \`${name}\` it ${gain}`;
  };

/** What would help most of its kind if it were gone. */
export const best =
  (kind: KnownGain['kind']): Figure =>
  (evidence, capacity) => {
    const goneSpeed = (gain: KnownGain): number => gain.goneSpeed ?? 0;
    const [first] = (capacity.gains?.ranked ?? [])
      .filter((gain) => gain.kind === kind)
      .sort((a, b) => (goneSpeed(a) === goneSpeed(b) ? 0 : goneSpeed(b) - goneSpeed(a)));
    return without(kind, () => first?.name)(evidence, capacity);
  };

/** Up to which speed it keeps up. */
export const upTo: Figure = (_evidence, { sustainableSpeed }) =>
  sustainableSpeed > 0 && sustainableSpeed < Infinity
    ? `by its recorded service times it keeps up to ${speedUpTo(sustainableSpeed)}`
    : undefined;

/** Services that take half the time do at twice the speed, exactly. */
export const fasterCore: Figure = ({ state: { run } }, { sustainableSpeed }) => {
  const factor = run.speed / sustainableSpeed;
  return run.speedChanges === 0 && factor > 1 && factor < Infinity
    ? `by its recorded service times, one ${times(factor)} as fast would do`
    : undefined;
};
