import { wholeLines } from '../bytes/lines';
import { dataOf, exchangeTime, frameOf, kindOf, klineOf, lengthOf } from './binanceFrame';
import type { Head } from './format';

/** What the beginning of a recording has. */
export interface Survey {
  readonly kinds: ReadonlySet<string>;
  readonly received: boolean;
  /** Whether frames of this kind tell the exchange's time. */
  readonly timed: ReadonlySet<string>;
  /** Of klines, shortest first. */
  readonly intervals: readonly string[];
}

export function surveyOf({ bytes, ended }: Head): Survey {
  const kinds = new Set<string>();
  const timed = new Set<string>();
  const intervals = new Set<string>();
  let received = 0;
  const lines = wholeLines(bytes, ended);
  for (const line of lines) {
    const frame = frameOf(line);
    if (frame.received !== undefined) received += 1;
    const kind = kindOf(frame.json);
    if (kind === undefined) continue;
    kinds.add(kind);
    const data = dataOf(frame.json);
    if (data === undefined) continue;
    if (Number.isFinite(exchangeTime(kind, data))) timed.add(kind);
    const interval = kind === 'kline' ? klineOf(data)['i'] : undefined;
    if (typeof interval === 'string' && lengthOf(interval) > 0) intervals.add(interval);
  }
  return {
    kinds,
    timed,
    received: received * 2 > lines.length,
    intervals: [...intervals].sort((a, b) => lengthOf(a) - lengthOf(b)),
  };
}
