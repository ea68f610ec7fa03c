import { BarometerError } from '../../operators/errors';
import type { Timings } from '../journal';
import type { ServedStage } from './utilization';

/** Something takes `factor` times as long; 0: it is gone. */
export interface Change {
  readonly kind: 'stage' | 'strategy' | 'symbol' | 'interval';
  readonly name: string;
  readonly factor: number;
}

/** What was asked cannot be answered; the message says what was found and what would do. */
export class WhatIfError extends BarometerError {
  override readonly name = 'WhatIfError';
  override readonly code = 'CAPACITY_WHAT_IF';
}

const SERVED_STAGES: readonly ServedStage[] = ['processor', 'analysis'];

type Names = Readonly<Record<Change['kind'], readonly string[]>>;

/** Everything in a run that may be changed, by name. */
export function namesIn({ strategies, intervals, series }: Timings): Names {
  const found = new Set(series.map(({ interval }) => interval));
  return {
    stage: SERVED_STAGES,
    strategy: strategies,
    symbol: [...new Set(series.map(({ symbol }) => symbol))],
    // Trades and quotes, which a run of bars may have besides, stand last.
    interval: [...new Set([...intervals.filter((name) => found.has(name)), ...found])],
  };
}

/** A name may hold a comma: only the one after a factor ends a change. */
const CHANGE = /([^*]*(?:\*(?!\s*[\d.]+\s*(?:,|$))[^*]*)*)\*\s*(\d+(?:\.\d*)?|\.\d+)\s*(?:,|$)/y;
const SYNTAX =
  'write NAME*FACTOR, such as analysis*0.5,symbol:SPY*0 (0: gone); a name is processor, analysis, ' +
  'a strategy, or one after strategy:, symbol: or interval:';

/** Reads `analysis*0.5,sma-cross*0,symbol:BTCUSDT*0`; throws a `WhatIfError`. */
export function parseChanges(text: string, timings: Timings): Change[] {
  const names = namesIn(timings);
  const changes: Change[] = [];
  for (let at = 0; at < text.length; at = CHANGE.lastIndex) {
    CHANGE.lastIndex = at;
    const [, name, factor] = CHANGE.exec(text) ?? [];
    if (name === undefined || name.trim() === '') {
      throw new WhatIfError(`${text.slice(at)}: no change; ${SYNTAX}`);
    }
    changes.push({ ...found(name.trim(), names), factor: Number(factor) });
  }
  if (changes.length === 0) throw new WhatIfError(`no change; ${SYNTAX}`);
  return changes;
}

function found(written: string, names: Names): Pick<Change, 'kind' | 'name'> {
  const [, kind, name = ''] = /^(stage|strategy|symbol|interval):(.*)$/s.exec(written) ?? [];
  if (kind !== undefined) {
    const among = names[kind as Change['kind']];
    if (among.includes(name)) return { kind: kind as Change['kind'], name };
    // A strategy may be called symbol:… itself.
    if (!names.strategy.includes(written)) {
      throw new WhatIfError(`${written}: no such ${kind}; there ${listed(among)}`);
    }
  }
  for (const each of ['stage', 'strategy'] as const) {
    if (names[each].includes(written)) return { kind: each, name: written };
  }
  for (const each of ['symbol', 'interval'] as const) {
    if (names[each].includes(written)) {
      throw new WhatIfError(
        `${written}: ${each === 'symbol' ? 'a symbol' : 'an interval'} is written ${each}:${written}`,
      );
    }
  }
  throw new WhatIfError(
    `${written}: neither a stage nor a strategy; there ${listed([...names.stage, ...names.strategy])}`,
  );
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'is none in this run';
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10
    ? `are ${shown} and ${names.length - 10} more`
    : `${names.length === 1 ? 'is' : 'are'} ${shown}`;
}

/** As written: what `parseChanges` reads as the same change. */
export const written = ({ kind, name, factor }: Change): string =>
  `${isPlain(kind, name) ? '' : `${kind}:`}${name}*${factor}`;

/** A strategy's name that reads as something else is written with its kind. */
const isPlain = (kind: Change['kind'], name: string): boolean =>
  kind === 'stage' || (kind === 'strategy' && !READS_OTHERWISE.test(name));

const READS_OTHERWISE = new RegExp(
  `^(?:(?:${SERVED_STAGES.join('|')})$|(?:stage|strategy|symbol|interval):)`,
);
