import type { CostlyService } from '../../../streams/events';
import { edgeBefore, entriesOf } from '../../metrics';
import type { MetricsState, ConsumerStage } from '../../metrics';
import { highMinutes } from './accused';
import type { Accused } from './accused';

/** A part of a stage's work: what it was spent on, and its share. */
interface Cost extends Omit<CostlyService, 'ms'> {
  readonly share: number;
}

/** What a stage's work was spent on. */
export interface Costs {
  /** Everything by strategy, symbol and interval at once; most first. */
  readonly cells: readonly Cost[];
  readonly strategies: readonly { readonly name: string; readonly share: number }[];
  readonly symbols: readonly { readonly name: string; readonly share: number }[];
  readonly intervals: readonly { readonly name: string; readonly share: number }[];
}

/** The work of the minutes that are accused, where only minutes are; else that of the run. */
function servicesOf(
  state: MetricsState,
  stage: ConsumerStage,
  scope: Accused['scope'],
): readonly CostlyService[] {
  const edge = edgeBefore(state.topology, stage);
  if (scope === 'minutes' && edge !== undefined) {
    return highMinutes(state, edge).flatMap(({ top }) => top);
  }
  if (stage !== 'analysis') return [];
  return Object.entries(state.strategies).flatMap(([strategy, { markets }]) =>
    entriesOf(markets).map(([, { symbol, interval, totalMs }]) => ({
      strategy,
      symbol,
      interval,
      ms: totalMs,
    })),
  );
}

function sums(
  services: readonly CostlyService[],
  nameOf: (service: CostlyService) => string | undefined,
): { readonly name: string; readonly share: number }[] {
  const byName = new Map<string, number>();
  let total = 0;
  for (const service of services) {
    const name = nameOf(service);
    total += service.ms;
    if (name !== undefined) byName.set(name, (byName.get(name) ?? 0) + service.ms);
  }
  return [...byName]
    .map(([name, ms]) => ({ name, share: total > 0 ? ms / total : 0 }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
}

/** By everything at once, most first. */
function cellsOf(services: readonly CostlyService[]): Cost[] {
  const cells = new Map<string, CostlyService>();
  let total = 0;
  for (const service of services) {
    const { strategy = '', symbol, interval, ms } = service;
    // No name has this character.
    const key = `${strategy}\u0000${symbol}\u0000${interval}`;
    const before = cells.get(key);
    cells.set(key, before === undefined ? service : { ...service, ms: before.ms + ms });
    total += ms;
  }
  return [...cells]
    .sort(([a, one], [b, other]) => other.ms - one.ms || (a < b ? -1 : 1))
    .map(([, { ms, ...names }]) => ({ ...names, share: total > 0 ? ms / total : 0 }));
}

export function costsOf(state: MetricsState, stage: ConsumerStage, scope: Accused['scope']): Costs {
  const services = servicesOf(state, stage, scope);
  const cells = cellsOf(services);
  return {
    cells,
    strategies: sums(services, ({ strategy }) => strategy),
    symbols: sums(services, ({ symbol }) => symbol),
    intervals: sums(services, ({ interval }) => interval),
  };
}

/** What holds at least so much of the work, and more than its even part, is where to begin. */
const DOMINANT = 0.5;
const UNEVEN = 1.5;

const isDominant = (share: number, among: number): boolean =>
  share >= DOMINANT && share >= Math.min(0.9, UNEVEN / among);

/** Where most of the work is, by as few names as say it: undefined where there is nothing to choose from. */
export function dominant({ cells, strategies, symbols, intervals }: Costs): Cost | undefined {
  const [cell] = cells;
  const [strategy] = strategies;
  if (cell === undefined || cells.length < 2) return undefined;
  if (isDominant(cell.share, cells.length)) return cell;
  if (strategy === undefined || strategy.share < DOMINANT) return undefined;
  const named = { strategy: strategy.name, symbol: '', interval: '', share: strategy.share };
  const [symbol] = symbols;
  const [interval] = intervals;
  if (symbol !== undefined && symbols.length > 1 && isDominant(symbol.share, symbols.length)) {
    return { ...named, symbol: symbol.name, share: Math.min(strategy.share, symbol.share) };
  }
  if (
    interval !== undefined &&
    intervals.length > 1 &&
    isDominant(interval.share, intervals.length)
  ) {
    return { ...named, interval: interval.name, share: Math.min(strategy.share, interval.share) };
  }
  return strategies.length > 1 && isDominant(strategy.share, strategies.length) ? named : undefined;
}

/** "`hog` on CCC 1s" */
export function costName({ strategy, symbol, interval }: Omit<Cost, 'share'>): string {
  const market = [symbol, interval].filter((name) => name !== '').join(' ');
  const who = strategy === undefined || strategy === '' ? '' : `\`${strategy}\``;
  if (who === '') return market;
  return market === '' ? who : `${who} on ${market}`;
}
