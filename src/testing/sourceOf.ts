import type { Bar, RowSource } from '../../streams';
import type { Interval } from '../../streams/bars/interval';
import { fromBars as recordedBars, fromTicks } from '../../streams/sources/memory/fromIterable';
import type { MarbleBars } from './barsOf';
import { MarbleError } from './marbleError';

/** The recording as a source of bars of an interval, a frame being as long as one: market time 0 is frame 0. */
export function sourceOf({ marbles, bars }: MarbleBars, { name, length }: Interval): RowSource {
  if (length === 0) {
    return fromTicks(
      bars.map(({ frame, symbol, close, volume }) => {
        return { symbol, time: frame * marketTimeOfFrame(length), price: close, size: volume };
      }),
      `bars "${marbles}"`,
    );
  }
  const met = new Set<string>();
  return recordedBars(
    bars.map(({ frame, letter, ...bar }): Bar => {
      if (frame === 0) {
        throw new MarbleError(
          'MARBLE_INVALID',
          `bars "${marbles}": ${letter} ends at frame 0, so it began before the run. Begin with "-".`,
        );
      }
      const place = `${bar.symbol}@${frame}`;
      if (met.has(place)) {
        throw new MarbleError(
          'MARBLE_INVALID',
          `bars "${marbles}": two bars of ${bar.symbol} end at frame ${frame}. ` +
            'Name their symbols, or use the interval tick.',
        );
      }
      met.add(place);
      const end = frame * length;
      return { ...bar, interval: name, start: end - length, end, count: 1, complete: true };
    }),
    { interval: length, name: `bars "${marbles}"` },
  );
}

/** Microseconds of market time that one frame stands for: a base bar's length, or a millisecond. */
export const marketTimeOfFrame = (length: number): number => (length === 0 ? 1_000 : length);
