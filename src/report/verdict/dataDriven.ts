import type { StageName } from '../../../streams/events';
import { named } from '../../../streams/topology';
import { firstEdgeOf, inOneWord } from '../../metrics';
import type { MetricsState } from '../../metrics';
import { grouped, milliseconds } from '../format';

/** The pace of a data-driven run. */
interface Pace {
  /** The stage with most work for each item that reaches the pipeline. */
  readonly slowest: StageName;
  /** Its name in verdicts. */
  readonly name: string;
  /** Milliseconds of it. */
  readonly workMs: number;
  /** How many times as fast as the data's own pace it could go; undefined where the data has none. */
  readonly times: number | undefined;
}

/** Undefined where no service took any time. */
export function paceOf(state: MetricsState): Pace | undefined {
  const items = Number(firstEdgeOf(state).delivered);
  if (items === 0) return undefined;
  const work = (stage: StageName): number => named(state.stages, stage).totalMs / items;
  const [place] = [...state.topology].sort((a, b) => work(b.stage) - work(a.stage));
  if (place === undefined || work(place.stage) === 0) return undefined;
  const { stage: slowest, title } = place;
  const { start, time } = state.market;
  const marketMs = start === undefined || time === undefined ? 0 : (time - start) / 1_000;
  const totalMs = named(state.stages, slowest).totalMs;
  return {
    slowest,
    name: inOneWord(title),
    workMs: work(slowest),
    times: marketMs > 0 ? marketMs / totalMs : undefined,
  };
}

export function paceText({ name, workMs, times }: Pace): string {
  const rate = Math.floor(1_000 / workMs);
  const own = times === undefined ? '' : `, ${grouped(Math.floor(times))}× the data's own pace`;
  return (
    `Data-driven, so the slowest stage sets the pace: ${name}, with ` +
    `${milliseconds(workMs)} for each item that was read. It can do ` +
    `${grouped(rate)} items a second${own}.`
  );
}

/** No advice is needed where the slowest stage could go this many times as fast as the data. */
const EASY = 10;

export const isEasy = ({ times }: Pace): boolean => times !== undefined && times >= EASY;
