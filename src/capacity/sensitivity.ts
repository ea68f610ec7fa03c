import type { Timings } from '../journal';
import { namesIn } from './change';
import type { Change } from './change';
import { sustainableSpeedOf } from './sustainableSpeed';
import { applyWhatIf } from './applyWhatIf';
import { spanOf } from './work';
import type { Span } from './work';

/** What it would help if one thing were faster, or gone. */
export interface Sensitivity {
  readonly kind: Change['kind'];
  readonly name: string;
  /** Of all service time: what was spent on it. */
  readonly share: number;
  /** The sustainable speed if it took a fifth less time. */
  readonly fasterSpeed: number;
  /** The sustainable speed without it; not given where nothing would be left. */
  readonly goneSpeed?: number;
}

export interface Sensitivities {
  /** What helps most comes first. */
  readonly ranked: readonly Sensitivity[];
  /** How many took so little time that they were not tried. */
  readonly untried: number;
}

const FASTER = 0.8;
/** How many of a kind are tried: the most expensive ones. */
const TRIED = 12;
/** Of so much work that each trial takes its time. */
const TRIED_OF_MUCH = 5;
const MUCH = 2_000_000;

/** Tried one by one, on top of `changes`: exact, since arrivals do not depend on what is served. */
export function sensitivitiesOf(
  timings: Timings,
  changes: readonly Change[],
  span: Span,
  sustainableSpeed: number,
): Sensitivities {
  const sustainable = (more: Change): number => {
    const work = applyWhatIf(timings, [...changes, more]);
    const { origin, from, to, firstItem } = span;
    const same = spanOf(work, origin, firstItem === 0 ? undefined : from, to);
    return sustainableSpeedOf(work, same, sustainableSpeed, 1.1);
  };
  const tried = timings.items.length + timings.updates.length > MUCH ? TRIED_OF_MUCH : TRIED;
  const costs = costsOf(timings);
  const names = namesIn(timings);
  /** That the run's only symbol, or all of the analysis, should take less time, helps nobody. */
  const isTautology = (kind: Change['kind'], name: string): boolean =>
    kind === 'stage'
      ? name === 'analysis' && names.strategy.length > 0
      : kind !== 'strategy' && names[kind].length === 1;
  let untried = 0;
  const ranked = (['stage', 'strategy', 'symbol', 'interval'] as const).flatMap((kind) => {
    const isChanged = (name: string): boolean =>
      changes.some((change) => change.kind === kind && change.name === name && change.factor === 0);
    const all = names[kind]
      .filter((name) => !isChanged(name) && !isTautology(kind, name))
      .map((name) => ({ name, share: costs[kind].get(name) ?? 0 }))
      .sort((a, b) => b.share - a.share);
    untried += Math.max(0, all.length - tried);
    const canGo = kind === 'strategy' || (kind !== 'stage' && all.length > 1);
    return all.slice(0, tried).map(({ name, share }): Sensitivity => {
      const fasterSpeed = sustainable({ kind, name, factor: FASTER });
      const gone = canGo ? { goneSpeed: sustainable({ kind, name, factor: 0 }) } : {};
      return { kind, name, share, fasterSpeed, ...gone };
    });
  });
  const most = ({ goneSpeed, fasterSpeed }: Sensitivity): number => goneSpeed ?? fasterSpeed;
  const compare = (a: number, b: number): number => (a === b ? 0 : b - a);
  ranked.sort(
    (a, b) =>
      compare(a.fasterSpeed, b.fasterSpeed) ||
      compare(most(a), most(b)) ||
      compare(a.share, b.share),
  );
  return { ranked, untried };
}

/** Shares of all service time, as recorded. */
function costsOf({ items, updates, parts, series, strategies }: Timings) {
  const stage = new Map<string, number>();
  const strategy = new Map<string, number>();
  const symbol = new Map<string, number>();
  const interval = new Map<string, number>();
  const total = sum(items.service) + sum(updates.service);
  const add = (to: Map<string, number>, name: string, ms: number): void => {
    if (total > 0) to.set(name, (to.get(name) ?? 0) + ms / total);
  };
  add(stage, 'processor', sum(items.service));
  add(stage, 'analysis', sum(updates.service));
  const ofItems = sumsBy(items.series, items.service, series.length);
  const ofUpdates = sumsBy(updates.series, updates.service, series.length);
  for (const [index, { symbol: name, interval: of }] of series.entries()) {
    add(symbol, name, (ofItems[index] as number) + (ofUpdates[index] as number));
    add(interval, of, ofUpdates[index] as number);
  }
  const ofStrategies = sumsBy(parts.strategy, parts.took, strategies.length);
  for (const [index, name] of strategies.entries()) {
    add(strategy, name, ofStrategies[index] as number);
  }
  return { stage, strategy, symbol, interval };
}

type Numbers = Float64Array | Float32Array | Int32Array | Uint16Array;

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] as number;
  return total;
}

/** Anyone who has a key below 0 belongs to nobody. */
function sumsBy(keys: Numbers, values: Numbers, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] as number;
    if (key >= 0) sums[key] = (sums[key] as number) + (values[i] as number);
  }
  return sums;
}
