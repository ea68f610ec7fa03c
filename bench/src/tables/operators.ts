import type { Table } from '../frame/table';
import {
  gatePassing,
  none,
  serveDeclared,
  serveMeasured,
  tapping,
  trackerNeverReady,
  trackerOfEdge,
  trackerReady,
} from '../rows/operators';
import { cpuNsPer, nsPer } from './figures';

export const operators: Table = {
  name: 'operators',
  title: 'Operators',
  input: (size) => `range(0, ${size.toLocaleString('en')}) through one operator`,
  rows: [
    none,
    tapping,
    trackerReady,
    trackerNeverReady,
    trackerOfEdge,
    gatePassing,
    serveDeclared,
    serveMeasured,
  ],
  sizes: { full: 10_000_000, quick: 3_000_000, smoke: 20_000 },
  warmUp: 1_000_000,
  rounds: 9,
  figures: [nsPer('item'), cpuNsPer('item')],
  differences: ['tap'],
  targets: [
    { row: 'tracker-ready', beside: 'tap', within: 15 },
    { row: 'tracker-never-ready', atMost: 50 },
    { row: 'gate', beside: 'tap', within: 20 },
  ],
};
