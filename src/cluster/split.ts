import { OptionError } from '../../operators';
import type { Micros } from '../../streams';
import type { Survey } from './survey';

/** Along what the input is cut into tasks. */
export type Split = 'file' | 'day' | 'symbol' | { readonly group: number };

/** A part of the input: its own pipeline runs over it. */
export interface Part {
  /** For people, and part of a task's name: `2024-08-08`, `AAPL`, `AAPL+2`. */
  readonly name: string;
  readonly files: readonly string[];
  readonly from?: Micros;
  readonly to?: Micros;
  readonly symbols?: readonly string[];
}

const DAY: Micros = 86_400_000_000;

/** @throws OptionError */
export function parseSplit(text: string): Split {
  if (text === 'file' || text === 'day' || text === 'symbol') return text;
  const group = Number(/^group:(\d+)$/.exec(text)?.[1]);
  if (group >= 1) return { group };
  throw new OptionError('by', text, 'file, day, symbol or group:N, such as group:50');
}

/** Whether the files have to be read before they can be cut. */
export const needsSurvey = (split: Split): boolean => split !== 'file';

/** Cut at days of UTC or between symbols: elsewhere strategies would start cold amid a day. */
export function partsOf(
  split: Split,
  files: readonly string[],
  survey: Survey,
  session: { readonly from?: Micros | undefined; readonly to?: Micros | undefined },
): readonly Part[] {
  if (split === 'file')
    return files.map((file) => ({ name: file, files: [file], ...given(session) }));
  if (split === 'day') return days(files, survey, session);
  const size = split === 'symbol' ? 1 : split.group;
  // Without its own end, a part would end at its own last row.
  const { first, last } = survey;
  const whole =
    first === undefined || last === undefined
      ? given(session)
      : { from: session.from ?? first, to: session.to ?? last + 1 };
  const parts: Part[] = [];
  for (let at = 0; at < survey.symbols.length; at += size) {
    const symbols = survey.symbols.slice(at, at + size);
    const more = symbols.length > 1 ? `+${symbols.length - 1}` : '';
    parts.push({ name: `${symbols[0] ?? ''}${more}`, files, symbols, ...whole });
  }
  return parts;
}

function days(
  files: readonly string[],
  { first, last }: Survey,
  session: { readonly from?: Micros | undefined; readonly to?: Micros | undefined },
): readonly Part[] {
  if (first === undefined || last === undefined) return [];
  const parts: Part[] = [];
  for (let day = Math.floor(first / DAY) * DAY; day <= last; day += DAY) {
    const from = Math.max(day, session.from ?? -Infinity);
    const to = Math.min(day + DAY, session.to ?? Infinity);
    parts.push({ name: new Date(day / 1_000).toISOString().slice(0, 10), files, from, to });
  }
  return parts;
}

const given = ({
  from,
  to,
}: {
  readonly from?: Micros | undefined;
  readonly to?: Micros | undefined;
}): { from?: Micros; to?: Micros } => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
