import type { ActionRule } from './action';
import type { Evidence } from './evidence';
import { counted, roundPercent } from './format';
import { best, faster } from './knownCapacity';
import { excess, spacing, timesOf, whenTimed } from './serviceEvidence';

const derive = ({ state }: Evidence): readonly string[] => state.run.configuration?.derive ?? [];

/** Share of derived bars among all that were built. */
const derivedShare = ({ state: { bars } }: Evidence): number => {
  const all = bars.base + bars.derived;
  return all === 0n ? 0 : Number(bars.derived) / Number(all);
};

const derivedBars = (evidence: Evidence): string => {
  const { bars } = evidence.state;
  return (
    `${derive(evidence).join(', ')}: ${counted(bars.derived, 'derived bar')} from ` +
    `${counted(bars.base, 'base bar')}`
  );
};

const symbolCount = ({ state }: Evidence): number => state.market.symbols.length;

/** If Coordinator→Processor is high. */
export const processorActions: readonly ActionRule[] = [
  {
    text: 'DataProcessor too slow: profile the computation of derived bars',
    applies: (evidence) => derive(evidence).length > 0,
    evidence: (evidence) => whenTimed(evidence, () => timesOf(evidence, 'processor')),
    weight: ({ stages: { processor } }) =>
      Math.max(processor.behind.busyShare, processor.busyShare),
  },
  {
    text: 'DataProcessor too slow: reduce derived intervals (less computation)',
    applies: (evidence) => derive(evidence).length > 0,
    evidence: derivedBars,
    weight: derivedShare,
  },
  {
    text: 'DataProcessor too slow: optimize the bar computation algorithms',
    applies: () => true,
    evidence: (evidence) => whenTimed(evidence, () => spacing(evidence, 'processor')),
    figure: faster('stage', () => 'processor'),
    weight: (evidence) => excess(evidence, 'processor'),
  },
  {
    text: 'DataProcessor too slow: consider batch processing',
    applies: (evidence) =>
      symbolCount(evidence) > 1 || evidence.state.edges['coordinator-processor'].burst > 0n,
    evidence: (evidence) => {
      const { burst, backpressure } = evidence.state.edges['coordinator-processor'];
      const share = backpressure === 0n ? 0 : Number(burst) / Number(backpressure);
      return (
        `${counted(symbolCount(evidence), 'symbol')} close their bars at the same instants; ` +
        `${roundPercent(share)} of the events were bursts`
      );
    },
    weight: (evidence) => 1 - 1 / Math.max(1.2, symbolCount(evidence)) - 0.1,
  },
  {
    text: 'Too many symbols/intervals: reduce the number of active symbols',
    applies: (evidence) => symbolCount(evidence) > 1,
    evidence: (evidence) => {
      const top = evidence.symbols[0];
      const who = top === undefined ? '' : `; ${top.name} alone brought ${roundPercent(top.share)}`;
      const what =
        evidence.state.edges['coordinator-processor'].behind > 0n ? 'behind events' : 'bars';
      return `${counted(symbolCount(evidence), 'symbol')}${who === '' ? '' : `${who} of the ${what}`}`;
    },
    figure: best('symbol'),
    weight: ({ symbols }) => (symbols[0]?.share ?? 0) * 0.9,
  },
  {
    text: 'Too many symbols/intervals: reduce the derived interval count',
    applies: (evidence) => derive(evidence).length > 1,
    evidence: (evidence) =>
      `${counted(derive(evidence).length, 'derived interval')} are built of every base bar: ` +
      derive(evidence).join(', '),
    weight: (evidence) => derivedShare(evidence) * (1 - 1 / derive(evidence).length),
  },
  {
    text: 'Too many symbols/intervals: prioritize the important intervals',
    applies: (evidence) => derive(evidence).length > 1,
    evidence: (evidence) => {
      const heard = new Set(evidence.intervals.map(({ name }) => name));
      const idle = derive(evidence).filter((interval) => !heard.has(interval));
      if (idle.length > 0) return `no strategy listened to ${idle.join(', ')}`;
      return `strategies spent their time on ${evidence.intervals
        .map(({ name, share }) => `${name} (${roundPercent(share)})`)
        .join(', ')}`;
    },
    weight: (evidence) => derivedShare(evidence) * (1 - (evidence.intervals[0]?.share ?? 0)),
  },
];
