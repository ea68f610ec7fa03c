import type { Evidence } from './evidence';
import { milliseconds, roundPercent, times } from './format';
import { percentiles } from './percentiles';

type Served = 'processor' | 'analysis';

/** What is argued from service times cannot be said where they were not measured. */
export const whenTimed = (evidence: Evidence, argument: () => string): string =>
  evidence.timed ? argument() : 'service times were not measured';

/** Mean and tail of a stage's service times, and how busy that made it. */
export function timesOf(evidence: Evidence, name: Served): string {
  const { behind, busyShare, meanMs } = evidence.stages[name];
  const { mean, p99 } = tail(evidence, name);
  const busy = Math.max(behind.busyShare, busyShare);
  return meanMs === 0
    ? `${name} was busy ${roundPercent(busy)} of the time`
    : `${milliseconds(mean)} an item in the mean, ${milliseconds(p99)} at p99; busy ${roundPercent(busy)} of the time`;
}

/** Service time beside the time that the arrivals leave for it. */
export function spacing(evidence: Evidence, name: Served): string {
  const { meanMs } = evidence.stages[name];
  const load = evidence.load[name];
  if (load === 0) return `${milliseconds(meanMs)} an item`;
  return (
    `${milliseconds(meanMs)} an item where one came every ${milliseconds(meanMs / load)}: ` +
    `${times(load)} of the time that there is`
  );
}

/** The part of the service time that would have to go for the stage to keep up. */
export const excess = (evidence: Evidence, name: Served): number => {
  const load = evidence.load[name];
  return load > 1 ? 1 - 1 / load : 0.1;
};

export function tail(
  evidence: Evidence,
  name: Served,
): { readonly mean: number; readonly p99: number } {
  const stage = evidence.state.stages[name];
  const [p99 = 0] = percentiles(stage.serviceTimes, stage, [99]);
  return { mean: evidence.stages[name].meanMs, p99 };
}
