import type { Table } from '../frame/table';
import { nodeStreamsPerTick } from '../rows/nodeStreams';
import { nodeStreamsMeasured } from '../rows/nodeStreamsMeasured';
import { handPerTick } from '../rows/hand';
import { oneLoop } from '../rows/oneLoop';
import { ours, untracked } from '../rows/ours';
import { rxjsPerTick } from '../rows/rxjs';
import { cpuNsPer, millionsPerSecond, nsPer } from './figures';

const run = { bars: 'tick', mode: 'data' } as const;

/** A tick comes every 17 ms of the market; the services are stated, so that every machine has the same queue. */
const clock = {
  bars: 'tick',
  mode: 'clock',
  speed: 1,
  inbox: Infinity,
  journal: true,
} as const;
const healthy = { ...clock, serviceTimes: { processor: 0.5, analysis: 1 } } as const;
/** The analysis gets 1.7 times the load that it can serve. */
const overloaded = { ...clock, serviceTimes: { processor: 0.5, analysis: 30 } } as const;

export const tick: Table = {
  name: 'tick',
  title: 'Every tick through both edges and all three stages',
  input: (size) =>
    `${size.toLocaleString('en')} ticks of 8 symbols in memory → each its own bar, 5m, 15m → moving-average crossover on all of them`,
  rows: [
    handPerTick,
    rxjsPerTick,
    ours('ours', 'ours, everything on', { ...run, journal: true }),
    ours('ours-no-timings', 'ours, timings off', { ...run, timings: false }),
    ours('ours-clock', 'ours, clock-driven, keeps up', healthy),
    ours('ours-clock-operators', 'the same on the operators', { ...healthy, engine: 'operators' }),
    ours('ours-overloaded', 'ours, clock-driven, overloaded', overloaded),
    ours('ours-overloaded-operators', 'the same on the operators', {
      ...overloaded,
      engine: 'operators',
    }),
    untracked('tick'),
    oneLoop,
    nodeStreamsPerTick,
    nodeStreamsMeasured,
  ],
  sizes: { full: 5_000_000, quick: 1_000_000, smoke: 120_000 },
  warmUp: 25_000_000,
  rounds: 5,
  figures: [nsPer('tick'), cpuNsPer('tick'), millionsPerSecond('ticks')],
  beside: ['rxjs', 'node-streams', 'node-streams-measured'],
  targets: [
    { row: 'ours', beside: 'node-streams-measured', atLeast: 1 },
    { row: 'ours-clock', beside: 'node-streams-measured', atLeast: 1 },
    { row: 'ours-overloaded', beside: 'node-streams-measured', atLeast: 1 },
    { row: 'ours-no-timings', beside: 'rxjs', atLeast: 0.75 },
    { row: 'ours', beside: 'rxjs', atLeast: 0.4 },
  ],
};
