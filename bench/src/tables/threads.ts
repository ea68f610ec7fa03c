import type { Figure, Table } from '../frame/table';
import { nameOf, ROWS } from '../rows/threads';
import { ITEMS, PLAN } from '../threads/agreementCell';
import type { AgreementCell, StageTimes, ThreeShares } from '../threads/agreementCell';
import { concludeAgreement } from '../threads/concludeAgreement';
import { figureNamed, percentNamed } from './figures';

const EDGES = ['first edge', 'second edge'].map((edge, index) => ({
  threads: percentNamed(`threads${index}`, `${edge}, threads, %`),
  seen: percentNamed(`seen${index}`, `${edge}, seen, %`),
  recursion: percentNamed(`recursion${index}`, `${edge}, (a), %`),
  simulated: percentNamed(`simulated${index}`, `${edge}, (b), %`),
}));
const STAGES = ['processor', 'analysis'].map((stage, index) => ({
  serviceFactor: figureNamed(`serviceFactor${index}`, `${stage}, services ×`, 3),
  runQueue: percentNamed(`runQueue${index}`, `${stage}, waited for a core, %`),
}));
const others = percentNamed('others', 'other processes, %');

export const threads: Table = {
  name: 'threads',
  title: 'Threads against the recursion and the simulation',
  input: (size) =>
    `${size.toLocaleString('en')} ticks (Poisson), each its own bar, in their own time through the three threads, and through a simulated replay with the same random work (exponential). Items that found the next stage not ready: as the threads counted them, as their cells were seen, (a) by the recursion over the service times of the threads, (b) as the simulated replay counted them`,
  rows: ROWS,
  sizes: { full: ITEMS, quick: 250, smoke: 40 },
  warmUp: 0,
  rounds: 1,
  isSeeded: true,
  figures: [
    ...EDGES.flatMap((edge) => Object.values(edge)),
    ...STAGES.flatMap((stage) => Object.values(stage)),
    others,
  ],
  conclude: (figureOf) => {
    const cells = PLAN.map((plan): AgreementCell => {
      const of = ({ title }: Figure): number => figureOf(nameOf(plan), title) ?? NaN;
      const share = (figure: Figure): number => of(figure) / 100;
      return {
        ...plan,
        edges: EDGES.map(({ threads: counted, seen, recursion, simulated }) => ({
          threads: share(counted),
          seen: share(seen),
          recursion: share(recursion),
          simulated: share(simulated),
        })) as [ThreeShares, ThreeShares],
        stages: STAGES.map(({ serviceFactor, runQueue }) => ({
          serviceFactor: of(serviceFactor),
          runQueue: share(runQueue),
        })) as [StageTimes, StageTimes],
        others: share(others),
      };
    });
    return concludeAgreement(cells.filter(({ edges }) => !Number.isNaN(edges[0].threads)));
  },
};
