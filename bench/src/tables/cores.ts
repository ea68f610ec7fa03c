import type { Table } from '../frame/table';
import { OWN, pipelineRow, nameOf } from '../rows/cores';
import { ownMillionsPerSecond, ownNsPer } from './figures';

const MODES = ['clock', 'data'] as const;
const time = ownNsPer('item');

export const cores: Table = {
  name: 'cores',
  title: 'Each stage on its own core',
  input: (size) =>
    `Up to ${(size / 2).toLocaleString('en')} ticks, each a bar of its own, through the pipeline on the wall clock, all due at once. What it takes to start threads is left out`,
  rows: OWN.flatMap((own) =>
    MODES.flatMap((mode) => [false, true].map((threads) => pipelineRow({ own, mode, threads }))),
  ),
  sizes: { full: 200_000, quick: 50_000, smoke: 300 },
  warmUp: 10_000,
  rounds: 5,
  figures: [time, ownMillionsPerSecond('items')],
  conclude: (figureOf) =>
    OWN.flatMap((own) =>
      MODES.flatMap((mode) => {
        const nsOf = (threads: boolean): number =>
          figureOf(nameOf({ own, mode, threads }), time.title) ?? NaN;
        const factor = nsOf(false) / nsOf(true);
        return Number.isNaN(factor)
          ? []
          : [
              `${own} µs of work a stage, ${mode}-driven: three threads are ${factor.toFixed(2)} × as fast as one`,
            ];
      }),
    ),
};
