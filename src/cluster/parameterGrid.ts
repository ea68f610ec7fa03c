import { OptionError } from '../../operators';
import { largestOf } from '../../operators/kernel/extremes';
import { parsePairs, PairsError } from '../strategies/pairs';
import { parseStrategySpec } from '../strategies/strategySpec';

/** More parameter sets than this are a slip of the keyboard, not a plan. */
const MOST = 100_000;

/**
 * The strategies of one text in which parameters may have several values: `fast=5|10`, or a range,
 * `fast=5..20/5`, both ends included. Every combination is one strategy, written as `--strategy` takes it.
 *
 * @throws OptionError for a range without end
 */
function strategiesOf(text: string): readonly string[] {
  const { source, parameters } = parseStrategySpec(text);
  if (parameters === '') return [text];
  let pairs: Readonly<Record<string, string>>;
  try {
    pairs = parsePairs(parameters);
  } catch (error) {
    // Anyone who loads the strategy says what is wrong with it.
    if (error instanceof PairsError) return [text];
    throw error;
  }
  const axes = Object.entries(pairs).map(([key, value]) =>
    value
      .split('|')
      .flatMap((part) => valuesOf(text, part.trim()))
      .map((one) => `${key}=${one}`),
  );
  return combinations(axes).map((chosen) => `${source}:${chosen.join(',')}`);
}

/** Every choice of one strategy of each text: what the runs of a sweep have. */
export function strategySets(texts: readonly string[]): readonly (readonly string[])[] {
  return combinations(texts.map(strategiesOf));
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const RANGE = new RegExp(String.raw`^(${NUMBER})\.\.(${NUMBER})(?:/(${NUMBER}))?$`);

function valuesOf(text: string, value: string): readonly string[] {
  const [, from, to, step = '1'] = RANGE.exec(value) ?? [];
  if (from === undefined || to === undefined) return [value];
  const decimals = largestOf([from, to, step].map((part) => part.split('.')[1]?.length ?? 0));
  const scale = 10 ** decimals;
  const [first, last, by] = [from, to, step].map((part) => Math.round(Number(part) * scale)) as [
    number,
    number,
    number,
  ];
  const count = by === 0 ? NaN : Math.floor((last - first) / by) + 1;
  if (!(count >= 1 && count <= MOST)) {
    throw new OptionError('strategy', text, 'a range that ends: from..to/step, such as 5..20/5');
  }
  return Array.from({ length: count }, (_, i) => ((first + i * by) / scale).toFixed(decimals));
}

/** One of each list, in every way; the last list changes fastest. */
function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const count = lists.reduce((product, { length }) => product * length, 1);
  if (count > MOST) {
    throw new OptionError('strategy', `${count} combinations`, `at most ${MOST} of them`);
  }
  return lists.reduce<readonly (readonly string[])[]>(
    (chosen, list) => chosen.flatMap((one) => list.map((value) => [...one, value])),
    [[]],
  );
}
