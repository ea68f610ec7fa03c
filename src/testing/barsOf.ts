import { MarbleError } from './marbleError';
import { parse } from './parse';

/** What a letter says of its bar: its prices, or its close alone. */
export type BarValue = number | Partial<Omit<MarbleBar, 'frame' | 'letter'>>;

/** A bar of a diagram: it ends at its frame. */
export interface MarbleBar {
  readonly frame: number;
  readonly letter: string;
  readonly symbol: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Recorded bars as marbles. */
export interface MarbleBars {
  readonly marbles: string;
  readonly bars: readonly MarbleBar[];
  /** Where the recording ends: the frame of `|`; absent where there is none. */
  readonly end?: number;
}

/**
 * Bars that end at the frames of their letters. A value is a close, or what else there is to say;
 * prices that are not said are the close, the close is 1 and the symbol, unless named for all, the letter.
 */
export function barsOf(
  marbles: string,
  values: Readonly<Record<string, BarValue>> = {},
  symbol?: string,
): MarbleBars {
  const marks = parse(marbles);
  const end = marks.find(({ letter }) => letter === '|')?.frame;
  const wrong = marks.find(({ frame, letter }) => frame < 0 || letter === '#');
  if (wrong !== undefined) {
    throw new MarbleError(
      'MARBLE_INVALID',
      `bars "${marbles}": a recording has neither "^" nor "#". Use letters, "-", "(", ")" and "|".`,
    );
  }
  const bars = marks
    .filter(({ letter }) => letter !== '|')
    .map(({ frame, letter }): MarbleBar => {
      const value = values[letter] ?? {};
      const said = typeof value === 'number' ? { close: value } : value;
      const { close = 1 } = said;
      const prices = { open: close, high: close, low: close, close, volume: 0 };
      return { frame, letter, symbol: symbol ?? letter, ...prices, ...said };
    });
  return end === undefined ? { marbles, bars } : { marbles, bars, end };
}
