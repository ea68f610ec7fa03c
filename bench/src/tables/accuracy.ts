import type { Table } from '../frame/table';
import { byRxjs, byTimer, byUs, lateness, STEP } from '../rows/lateness';
import { figureNamed } from './figures';

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
    figureNamed('p50', 'p50 ms late', 3),
    figureNamed('p99', 'p99 ms late', 3),
    figureNamed('max', 'most ms late', 2),
    figureNamed('delivered', 'delivered %', 1),
    { title: 'CPU %', of: ({ cpuMs, wallMs }) => (100 * cpuMs) / wallMs },
  ],
};
