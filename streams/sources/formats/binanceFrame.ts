import type { Micros } from '../../bars/bar';
import { parseInterval } from '../../bars/interval';
import { microsOfDigits } from '../bytes/numbers';

/** Kinds of which rows are made; a file's rows are of the first that its beginning has. */
export const KINDS = ['trade', 'aggTrade', 'bookTicker', 'kline'] as const;
export type Kind = (typeof KINDS)[number];

/** A line of the recording. */
interface Frame {
  /** What stands before the frame, if there is anything. */
  readonly received: string | undefined;
  readonly json: string;
}

const PREFIX = /^(\d{10,19})[\s,;|]+(?=[{[])/;

export function frameOf(line: string): Frame {
  const received = PREFIX.exec(line);
  return {
    received: received?.[1],
    json: received === null ? line : line.slice(received[0].length),
  };
}

const BEGINNING = 300;

/** Detected by the beginning of a frame, so that large ones of other kinds need not be parsed. */
export function kindOf(json: string): string | undefined {
  const beginning = json.slice(0, BEGINNING);
  if (!beginning.startsWith('{')) return undefined;
  const stream = /^\{\s*"stream"\s*:\s*"[^"@]*@([a-zA-Z]+)[^"]*"/.exec(beginning)?.[1];
  const event = /"e"\s*:\s*"([a-zA-Z0-9]+)"/.exec(beginning)?.[1];
  const kind = event ?? stream;
  if (kind !== undefined) return kind;
  if (/^\{\s*"lastUpdateId"/.test(beginning)) return 'snapshot';
  return /^\{\s*"u"\s*:\s*\d+\s*,\s*"s"\s*:.*"b".*"a"/.test(beginning) ? 'bookTicker' : undefined;
}

export type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a frame holds, in or out of its wrapper; undefined where it is damaged. */
export function dataOf(json: string): Data | undefined {
  try {
    const frame: unknown = JSON.parse(json);
    if (!isData(frame)) return undefined;
    if (!('stream' in frame)) return frame;
    return isData(frame['data']) ? frame['data'] : undefined;
  } catch {
    return undefined;
  }
}

export const klineOf = (data: Data): Data => (isData(data['k']) ? data['k'] : {});

/** Microseconds; frames have milliseconds, or where that was requested, microseconds. */
export function exchangeTime(kind: string, data: Data): Micros {
  const time = kind === 'kline' ? klineOf(data)['t'] : data['T'];
  return typeof time === 'number' && time > 0 ? microsOfDigits(String(time)) : NaN;
}

/** Microseconds of a kline; 0 where that is no interval. */
export function lengthOf(interval: string): Micros {
  try {
    return parseInterval(interval).length;
  } catch {
    return 0;
  }
}
