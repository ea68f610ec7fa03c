import type { Figure, Table } from '../frame/table';
import { byRxjs, byTimer, byUs, lateness, STEP } from '../rows/lateness';

const figure = (title: string, name: string, digits: number): Figure => ({
  title,
  of: ({ figures }) => figures[name] ?? NaN,
  digits,
});

export const accuracy: Table = {
  name: 'accuracy',
  title: 'Clock-driven accuracy on the wall clock',
  input: (size) =>
    `A tick every ${STEP} ms of market time, delivered at its due time for ${size / 1_000} s; under load: 5 ms of other work on the thread in every 20 ms`,
  rows: [1, 60, 1_000].flatMap((speed) =>
    [false, true].flatMap((loaded) => [
      lateness('timer', 'setTimeout and a loop (floor)', { speed, loaded, deliver: byTimer }),
      lateness('ours', 'ours', { speed, loaded, deliver: byUs }),
      lateness('rxjs', 'rxjs concatMap(delay)', { speed, loaded, deliver: byRxjs }),
    ]),
  ),
  /** Milliseconds. */
  sizes: { full: 3_000, quick: 1_000, smoke: 50 },
  warmUp: 300,
  rounds: 3,
  figures: [
    figure('p50 ms late', 'p50', 3),
    figure('p99 ms late', 'p99', 3),
    figure('most ms late', 'max', 2),
    figure('delivered %', 'delivered', 1),
    { title: 'CPU %', of: ({ cpuMs, wallMs }) => (100 * cpuMs) / wallMs },
  ],
};
