import { cpus } from 'node:os';

/** Milliseconds that all processors were busy since the machine was started. */
const busyMs = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);

const ownMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/**
 * Begins to watch what other processes take; the returned function says their share of the machine
 * since then. More than a few percent, and what was measured is theirs as well.
 */
export function watchOthers(): () => number {
  const began = { busy: busyMs(), own: ownMs(), at: performance.now() };
  return () => {
    const whole = (performance.now() - began.at) * cpus().length;
    const others = busyMs() - began.busy - (ownMs() - began.own);
    return Math.min(1, Math.max(0, others / whole));
  };
}
