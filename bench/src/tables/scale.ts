import type { Table } from '../frame/table';
import { nameOf, scaled, sourceAlone } from '../rows/scale';
import type { Load } from '../rows/scale';
import { exponent } from '../work/law';
import type { Point } from '../work/law';
import { cpuNsPer, millionsPerSecond, nsPer, peakMb } from './figures';

const SYMBOLS = [1, 8, 64, 512, 4_096];
const INTERVALS = [1, 4, 16];
const SHARES = [0.01, 0.1, 1];

const LOADS: readonly Load[] = SHARES.flatMap((share) =>
  INTERVALS.flatMap((intervals) => SYMBOLS.map((symbols) => ({ symbols, intervals, share }))),
);
const time = nsPer('row');

export const scale: Table = {
  name: 'scale',
  title: 'Scale',
  input: (size) =>
    `${SHARES.map((share) => (size * share).toLocaleString('en')).join(', ')} ticks, made as they are read, 10 a symbol and second → 1s bars → 0, 3 or 15 longer intervals`,
  rows: [sourceAlone, ...LOADS.map(scaled)],
  sizes: { full: 5_000_000, quick: 1_000_000, smoke: 20_000 },
  warmUp: 300_000,
  rounds: 2,
  figures: [time, cpuNsPer('row'), millionsPerSecond('rows'), peakMb],
  conclude: (figureOf) => {
    const law = (
      what: string,
      of: (load: Load) => number | undefined,
      against: 'rows' | 'symbols' | 'intervals',
      from = 0,
    ): string => {
      const points = LOADS.flatMap((load): Point[] => {
        const y = of(load);
        const { symbols, intervals, share } = load;
        const x = { rows: share, symbols, intervals }[against];
        const others = {
          rows: [symbols, intervals],
          symbols: [share, intervals],
          intervals: [share, symbols],
        }[against];
        return y === undefined || share < from ? [] : [{ x, y, group: others.join() }];
      });
      return `${what} ∝ ${against}^${exponent(points).toFixed(2)}`;
    };
    const nsOf = (load: Load) => figureOf(nameOf(load), time.title);
    const wallOf = (load: Load) => {
      const ns = nsOf(load);
      return ns === undefined ? undefined : ns * load.share;
    };
    const peakOf = (load: Load) => figureOf(nameOf(load), peakMb.title);
    return [
      law('time', wallOf, 'rows', 0.1),
      law('time a row', nsOf, 'symbols', 1),
      law('time a row', nsOf, 'intervals', 1),
      law('peak memory', peakOf, 'rows', 0.1),
      law('peak memory', peakOf, 'symbols', 1),
      law('peak memory', peakOf, 'intervals', 1),
    ];
  },
};
