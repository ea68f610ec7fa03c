import type { MetricsState, ConsumerStage } from '../../metrics';
import { named } from '../../../streams/topology';
import { entriesOf, firstEdgeOf } from '../../metrics';
import { counted, milliseconds, roundPercent } from '../format';
import type { Accused } from '../verdict/accused';
import { costName, costsOf, dominant } from '../verdict/costs';
import { worstLoad } from '../verdict/texts';
import type { Costs } from '../verdict/costs';
import type { Action, TakenWork } from './action';

/** An action before its effect is known. */
export interface Candidate extends Omit<Action, 'effect'> {
  /** Absent where it is about the source or the machine. */
  readonly taken?: TakenWork;
  /** How much of the stage's work it is about, 0 to 1: what is tried first. */
  readonly share: number;
}

/** A name that holds this many times its even part of the work is worth an action. */
const UNEVEN = 1.5;
/** What holds so much of something else is the same thing. */
const SAME = 0.9;
/** From such a share of a stage's work on, waiting is what it does. */
const WAITS = 0.5;

const isUneven = (part: { readonly share: number } | undefined, among: number): boolean =>
  part !== undefined && among > 1 && part.share >= UNEVEN / among;

const meanOf = (state: MetricsState, stage: ConsumerStage): number => {
  const { items, totalMs } = named(state.stages, stage);
  return items === 0n ? 0 : totalMs / Number(items);
};

/** One strategy on one symbol and interval, among several. */
function hotSpot(stage: ConsumerStage, costs: Costs): Candidate[] {
  const cost = dominant(costs);
  if (cost === undefined || costs.cells.length < 2) return [];
  const { share, ...names } = cost;
  const named: Pick<TakenWork, 'strategy' | 'symbol' | 'interval'> = Object.fromEntries(
    Object.entries(names).filter(([, name]) => name !== ''),
  );
  if (named.symbol === undefined && named.interval === undefined) return [];
  return [
    {
      kind: 'faster-stage',
      stage,
      ...named,
      text: `Profile ${costName(cost)}`,
      evidence: `${roundPercent(share)} of the work of ${stage} is spent there`,
      taken: { stage, ...named, factor: 0.5 },
      // Where to begin, no matter what else would bring.
      share: 1 + share,
    },
  ];
}

function overlap(state: MetricsState, stage: ConsumerStage, costs: Costs): Candidate[] {
  const { awaitedMs } = named(state.evidence, stage);
  const { totalMs } = named(state.stages, stage);
  if (totalMs === 0 || awaitedMs < WAITS * totalMs) return [];
  const names = costs.strategies.slice(0, 2).map(({ name }) => `\`${name}\``);
  const [first] = costs.strategies;
  const share = Math.min(1, awaitedMs / totalMs);
  return [
    {
      kind: 'overlap-waits',
      stage,
      ...(first === undefined ? {} : { strategy: first.name }),
      text:
        `Overlap the waits of ${names.join(' and ') || 'the strategies'}: start the request, ` +
        'and use its answer at a later bar; waiting takes no computing time',
      evidence: `${roundPercent(share)} of the service time was awaited, not computed`,
      taken: { stage, factor: 0, awaited: true },
      share: 2 + share,
    },
  ];
}

function strategies(stage: ConsumerStage, costs: Costs): Candidate[] {
  const [first] = costs.strategies;
  const cell = dominant(costs);
  if (first === undefined || !isUneven(first, costs.strategies.length)) return [];
  const isSame =
    cell?.strategy === first.name &&
    (cell.symbol !== '' || cell.interval !== '') &&
    cell.share >= SAME * first.share;
  if (isSame) return [];
  return [
    {
      kind: 'remove-strategy',
      stage,
      strategy: first.name,
      text: `Run without \`${first.name}\``,
      evidence:
        `it takes ${roundPercent(first.share)} of the work of ` +
        counted(costs.strategies.length, 'strategy', 'strategies'),
      taken: { stage, strategy: first.name, factor: 0 },
      share: first.share,
    },
  ];
}

function symbols(state: MetricsState, stage: ConsumerStage, costs: Costs): Candidate[] {
  const all = stage === 'analysis' ? costs.symbols : deliveriesBySymbol(state);
  const [first] = all;
  if (first === undefined || !isUneven(first, all.length)) return [];
  return [
    {
      kind: 'fewer-symbols',
      stage,
      symbol: first.name,
      text: `Run without ${first.name}`,
      evidence:
        stage === 'analysis'
          ? `its bars take ${roundPercent(first.share)} of the work of ${counted(all.length, 'symbol')}`
          : `${roundPercent(first.share)} of the bars of ${counted(all.length, 'symbol')} are its own`,
      taken: { symbol: first.name, factor: 0 },
      share: first.share,
    },
  ];
}

function deliveriesBySymbol(state: MetricsState): { name: string; share: number }[] {
  const all = entriesOf(firstEdgeOf(state).bySymbol);
  const total = all.reduce((sum, [, { delivered }]) => sum + Number(delivered), 0);
  return all
    .map(([name, { delivered }]) => ({ name, share: total > 0 ? Number(delivered) / total : 0 }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
}

function intervals(state: MetricsState, stage: ConsumerStage, costs: Costs): Candidate[] {
  const derive = state.run.configuration?.derive ?? [];
  if (stage === 'processor') {
    const [first] = derive;
    if (first === undefined) return [];
    const { base, derived } = state.bars;
    return [
      {
        kind: 'fewer-intervals',
        stage,
        interval: first,
        text:
          derive.length > 1
            ? `Derive fewer intervals, without ${first} first`
            : `Run without ${first} bars`,
        evidence: `${counted(derived, 'derived bar')} are built from ${counted(base, 'base bar')}`,
        taken: { interval: first, factor: 0 },
        share: Number(derived) / Math.max(1, Number(base + derived)),
      },
    ];
  }
  const [first] = costs.intervals;
  if (first === undefined || costs.intervals.length < 2) return [];
  return [
    {
      kind: 'fewer-intervals',
      stage,
      interval: first.name,
      text: `Run the strategies without ${first.name} bars`,
      evidence: `they take ${roundPercent(first.share)} of the work of ${stage}`,
      taken: { stage, interval: first.name, factor: 0 },
      share: first.share,
    },
  ];
}

function faster(state: MetricsState, stage: ConsumerStage, costs: Costs): Candidate[] {
  const [first] = costs.strategies;
  const mean = milliseconds(meanOf(state, stage));
  const isNamed = stage === 'analysis' && first !== undefined && costs.strategies.length === 1;
  return [
    {
      kind: 'faster-stage',
      stage,
      ...(isNamed ? { strategy: first.name } : {}),
      text: isNamed ? `Profile \`${first.name}\`` : `Profile the ${stage} stage`,
      evidence: `it takes ${mean} an item`,
      taken: { stage, ...(isNamed ? { strategy: first.name } : {}), factor: 0.5 },
      share: 0.5,
    },
  ];
}

/** More analysis stages than that are another machine's. */
const MOST_SHARDS = 8;
/** A symbol with so much of the work keeps its stage busy, however few others are there. */
const SPLITS = 0.6;

/** Several analysis stages, each with its symbols, where the work is spread and is computed. */
function shards(state: MetricsState, stage: ConsumerStage, costs: Costs): Candidate[] {
  const [first] = costs.symbols;
  const among = costs.symbols.length;
  if (stage !== 'analysis' || first === undefined || among < 2 || first.share > SPLITS) return [];
  if (overlap(state, stage, costs).length > 0) return [];
  const load = Math.ceil(worstLoad(state, stage) ?? 0);
  const count = Math.min(Math.max(2, load), among, MOST_SHARDS);
  return [
    {
      kind: 'shards',
      stage,
      text: `Split the symbols over ${count} analysis stages`,
      evidence:
        `its work is that of ${counted(among, 'symbol')}, of which none has more than ` +
        roundPercent(first.share),
      taken: { stage, factor: 1, shards: count },
      share: 0.45,
    },
  ];
}

/** Everything that could help an accused stage, what touches most of its work first. */
export function candidatesFor(
  state: MetricsState,
  stage: ConsumerStage,
  scope: Accused['scope'],
): readonly Candidate[] {
  const costs = costsOf(state, stage, scope);
  const hot = hotSpot(stage, costs);
  return [
    ...overlap(state, stage, costs),
    ...hot,
    ...strategies(stage, costs),
    ...symbols(state, stage, costs),
    ...intervals(state, stage, costs),
    ...shards(state, stage, costs),
    ...(hot.length > 0 ? [] : faster(state, stage, costs)),
  ].sort((a, b) => b.share - a.share);
}
