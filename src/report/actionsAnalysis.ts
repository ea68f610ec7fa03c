import type { ActionRule } from './action';
import type { Evidence, StrategyEvidence } from './evidence';
import { counted, milliseconds, roundPercent } from './format';
import { best, faster, without } from './knownCapacity';
import { excess, spacing, tail, timesOf, whenTimed } from './serviceEvidence';

const top = ({ strategies }: Evidence): StrategyEvidence | undefined => strategies[0];

/** "`ema-cross` took 82 % of analysis time, 91 % of it on SPY 1m" */
function dearest(evidence: Evidence): string {
  const strategy = top(evidence);
  if (strategy === undefined || strategy.totalMs === 0) return timesOf(evidence, 'analysis');
  const { symbol, interval, share } = strategy.hottest;
  return (
    `\`${strategy.name}\` took ${roundPercent(strategy.share)} of analysis time, ` +
    `${roundPercent(share)} of it on ${symbol} ${interval}`
  );
}

const topName = (evidence: Evidence): string | undefined => top(evidence)?.name;

const silentShare = ({ items, signals }: StrategyEvidence): number =>
  items === 0n ? 0 : Math.max(0, 1 - Number(signals) / Number(items));

const several = ({ strategies }: Evidence): boolean => strategies.length > 1;

/** Takes half as much again as its even share. */
const isExpensive = (evidence: Evidence): boolean =>
  several(evidence) && (top(evidence)?.share ?? 0) >= 1.5 / evidence.strategies.length;

/** If Processor→Analysis is high. */
export const analysisActions: readonly ActionRule[] = [
  {
    text: 'AnalysisEngine too slow: profile the strategy computation',
    applies: () => true,
    evidence: (evidence) => whenTimed(evidence, () => dearest(evidence)),
    figure: faster('strategy', topName),
    weight: (evidence) =>
      Math.max(evidence.stages.analysis.behind.busyShare, evidence.stages.analysis.busyShare),
  },
  {
    text: 'AnalysisEngine too slow: simplify the strategy logic',
    applies: () => true,
    evidence: (evidence) => whenTimed(evidence, () => spacing(evidence, 'analysis')),
    figure: faster('stage', () => 'analysis'),
    weight: (evidence) => excess(evidence, 'analysis'),
  },
  {
    text: 'AnalysisEngine too slow: reduce the indicator calculations',
    applies: (evidence) => evidence.strategies.some(({ items }) => items > 0n),
    evidence: (evidence) => {
      const strategy = top(evidence);
      if (strategy === undefined) return '';
      return (
        `\`${strategy.name}\` computed on ${counted(strategy.items, 'bar')} ` +
        `for ${counted(strategy.signals, 'signal')}`
      );
    },
    weight: (evidence) => {
      const strategy = top(evidence);
      return strategy === undefined ? 0 : strategy.share * silentShare(strategy) * 0.9;
    },
  },
  {
    text: 'AnalysisEngine too slow: optimize the hot path (zero-copy access to history)',
    applies: () => true,
    evidence: (evidence) =>
      whenTimed(evidence, () => {
        const { mean, p99 } = tail(evidence, 'analysis');
        const { items } = evidence.stages.analysis;
        return p99 > 2 * mean
          ? `${milliseconds(p99)} at p99 beside ${milliseconds(mean)} in the mean: ` +
              'copies of history and the garbage they leave show in the tail'
          : `${milliseconds(mean)} in each of ${counted(items, 'cycle')}: what history costs, it costs every time`;
      }),
    weight: (evidence) => {
      const { mean, p99 } = tail(evidence, 'analysis');
      return p99 > 0 ? Math.max(0, 1 - mean / p99) * 0.8 : 0;
    },
  },
  {
    text: 'Too many strategies: reduce the number of active strategies',
    applies: several,
    evidence: (evidence) =>
      `${counted(evidence.strategies.length, 'strategy', 'strategies')} share the analysis: ` +
      evidence.strategies
        .slice(0, 3)
        .map(({ name, share }) => `\`${name}\` ${roundPercent(share)}`)
        .join(', '),
    figure: best('strategy'),
    weight: (evidence) => 1 - (top(evidence)?.share ?? 0),
  },
  {
    text: 'Too many strategies: disable the expensive strategies',
    applies: isExpensive,
    evidence: (evidence) => {
      const strategy = top(evidence);
      return strategy === undefined
        ? ''
        : `without \`${strategy.name}\`, analysis would need ${roundPercent(1 - strategy.share)} of its time`;
    },
    figure: without('strategy', topName),
    weight: (evidence) => (top(evidence)?.share ?? 0) * 0.95,
  },
  {
    text: 'Too many strategies: run the strategies on fewer intervals',
    applies: ({ intervals }) => intervals.length > 1,
    evidence: ({ intervals }) =>
      `woken by ${counted(intervals.length, 'interval')}: ` +
      intervals.map(({ name, share }) => `${name} took ${roundPercent(share)}`).join(', '),
    figure: best('interval'),
    weight: ({ intervals }) => (intervals[0]?.share ?? 0) * 0.7,
  },
];
