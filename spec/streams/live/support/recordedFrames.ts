import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sharedData } from '../../../support/sharedData';

/** A frame of the recorded session, with its time of receipt in milliseconds after the first one. */
export interface RecordedFrame {
  readonly ms: number;
  readonly text: string;
}

/** Trades of the recorded session, of the symbols named, in order of receipt. */
export function recordedTrades(symbols: readonly string[], most = Infinity): RecordedFrame[] {
  const frames = symbols
    .flatMap((symbol) =>
      gunzipSync(readFileSync(sharedData(`binance-recorded/${symbol}_20240808.gz`)))
        .toString()
        .split('\n'),
    )
    .filter((line) => line.includes('"e":"trade"'))
    .map((line) => ({ ms: Number(line.slice(0, 16)) / 1_000, text: line.slice(20) }))
    .sort((a, b) => a.ms - b.ms)
    .slice(0, most);
  const start = frames[0]?.ms ?? 0;
  return frames.map(({ ms, text }) => ({ ms: ms - start, text }));
}
