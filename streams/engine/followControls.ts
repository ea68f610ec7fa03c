import { Subscription } from 'rxjs';
import type { Observable } from 'rxjs';
import type { ReleaseSchedule } from '../../operators/kernel/releaseSchedule';
import type { Controls } from './controls';
import type { SimulatedGate } from './simulatedGate';
import type { SimulationState } from './simulationState';

/** What the controls of a run act on. */
interface Followers {
  readonly state: SimulationState;
  readonly schedule: ReleaseSchedule;
  /** In the order in which items pass them. A pause closes the first. */
  readonly gates: readonly [first: SimulatedGate, second: SimulatedGate];
  /** Surrounds the consequences of each change, which says whether more may be released now. */
  readonly within: (change: () => boolean) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Makes a simulation follow the controls of its run, in the order in which operators would learn of them.
 * At first a control only sets its value; from then on a change has its consequences at once.
 */
export function followControls(
  { gated$, clockDriven$, paused$, speed$ }: Controls,
  { state, schedule, gates: [first, second], within, onError }: Followers,
): Subscription {
  const subscription = new Subscription();
  let isOpen = false;
  const follow = <V>(
    values: Observable<V>,
    set: (value: V) => void,
    onChange: (value: V) => boolean,
  ): void => {
    const next = (value: V): void => {
      set(value);
      if (!isOpen) return;
      within(() => onChange(value));
    };
    subscription.add(values.subscribe({ next, error: onError }));
  };
  follow(
    gated$,
    (isGated) => (state.isGated = isGated),
    () => {
      const held = first.holds;
      second.drain();
      first.drain();
      return held && !first.holds;
    },
  );
  follow(
    clockDriven$,
    (isClockDriven) => (state.isClockDriven = isClockDriven),
    (isClockDriven) => {
      schedule.setActive(isClockDriven, first.holds);
      return true;
    },
  );
  follow(
    paused$,
    (isPaused) => (first.isPaused = isPaused),
    (isPaused) => {
      schedule.setPaused(isPaused);
      first.drain();
      return true;
    },
  );
  follow(
    speed$,
    () => undefined,
    (speed) => {
      schedule.setSpeed(speed, first.isPaused);
      return true;
    },
  );
  isOpen = true;
  return subscription;
}
