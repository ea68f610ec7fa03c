import type { Micros } from '../../bar';
import { parseInterval } from '../../interval';
import type { Decoder, RowSink } from '../bytes/decoder';
import { lineDecoder, wholeLines } from '../bytes/lines';
import { decimalOf, microsOfDigits } from '../bytes/numbers';
import type { RowClock, FileOptions } from '../fileOptions';
import { quotesAsked } from '../quotesAsked';
import { SourceError } from '../sourceError';
import type { ByteFormat, Head, Reading } from './format';

/** Kinds of which rows are made; a file's rows are of the first that its beginning has. */
const KINDS = ['trade', 'aggTrade', 'bookTicker', 'kline'] as const;
type Kind = (typeof KINDS)[number];

export const binanceFrames: ByteFormat = {
  name: 'binance-frames',
  title: 'Recorded Binance stream frames, one a line: trade, bookTicker, kline',
  clock:
    'the receive time before the frame; with --clock exchange, or where there is none, the frame’s: trade T, kline t',
  traps: [
    'Frames of other kinds are counted and passed over; so are bookTickers where there are trades, unless --price asks for them.',
    'bookTicker frames of the spot market have no time of the exchange.',
    'The exchange’s times go back now and then: rows are put in order.',
    'A kline counts when it is closed; the shortest interval is taken.',
    'A snapshot that a recorder has fetched by REST stands between the frames: it is passed over.',
  ],
  recognise: ({ bytes, ended }) => {
    const lines = wholeLines(bytes, ended, 100);
    const kinds = new Set(lines.map((line) => kindOf(frameOf(line).json)));
    const known = KINDS.filter((kind) => kinds.has(kind));
    const other = [...kinds].some((kind) => kind !== undefined && kind !== 'snapshot');
    if (lines.length === 0 || !other) return undefined;
    const framed = lines.filter((line) => kindOf(frameOf(line).json) !== undefined).length;
    if (framed * 2 <= lines.length) return undefined;
    return `a JSON frame a line${known.length === 0 ? '' : `, such as ${known.join(', ')}`}`;
  },
  open: (head, options) => {
    const survey = surveyOf(head);
    const kind = chosenKind(head, survey, options);
    const clock = chosenClock(head, survey, kind, options);
    return readingOf(kind, clock, survey, options, head.path);
  },
};

interface Frame {
  /** What stands before the frame, if there is anything. */
  readonly received: string | undefined;
  readonly json: string;
}

const PREFIX = /^(\d{10,19})[\s,;|]+(?=[{[])/;

function frameOf(line: string): Frame {
  const received = PREFIX.exec(line);
  return {
    received: received?.[1],
    json: received === null ? line : line.slice(received[0].length),
  };
}

const BEGINNING = 300;

/** Told by the beginning of a frame, so that large ones of other kinds need not be parsed. */
function kindOf(json: string): string | undefined {
  const beginning = json.slice(0, BEGINNING);
  if (!beginning.startsWith('{')) return undefined;
  const stream = /^\{\s*"stream"\s*:\s*"[^"@]*@([a-zA-Z]+)[^"]*"/.exec(beginning)?.[1];
  const event = /"e"\s*:\s*"([a-zA-Z0-9]+)"/.exec(beginning)?.[1];
  const kind = event ?? stream;
  if (kind !== undefined) return kind;
  if (/^\{\s*"lastUpdateId"/.test(beginning)) return 'snapshot';
  return /^\{\s*"u"\s*:\s*\d+\s*,\s*"s"\s*:.*"b".*"a"/.test(beginning) ? 'bookTicker' : undefined;
}

interface Survey {
  readonly kinds: ReadonlySet<string>;
  readonly received: boolean;
  /** Whether frames of this kind tell the exchange's time. */
  readonly timed: ReadonlySet<string>;
  /** Of klines, shortest first. */
  readonly intervals: readonly string[];
}

function surveyOf({ bytes, ended }: Head): Survey {
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

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a frame holds, in or out of its wrapper; undefined where it is damaged. */
function dataOf(json: string): Data | undefined {
  try {
    const frame: unknown = JSON.parse(json);
    if (!isData(frame)) return undefined;
    if (!('stream' in frame)) return frame;
    return isData(frame['data']) ? frame['data'] : undefined;
  } catch {
    return undefined;
  }
}

const klineOf = (data: Data): Data => (isData(data['k']) ? data['k'] : {});

/** Microseconds; frames have milliseconds, or where that was asked for, microseconds. */
function exchangeTime(kind: string, data: Data): Micros {
  const time = kind === 'kline' ? klineOf(data)['t'] : data['T'];
  return typeof time === 'number' && time > 0 ? microsOfDigits(String(time)) : NaN;
}

function lengthOf(interval: string): Micros {
  try {
    return parseInterval(interval).length;
  } catch {
    return 0;
  }
}

function chosenKind({ path }: Head, { kinds }: Survey, options: FileOptions): Kind {
  const found = [...kinds].join(', ');
  quotesAsked(path, options, kinds.has('bookTicker'), `frames of ${found}`);
  if (options.price !== undefined) return 'bookTicker';
  const kind = KINDS.find((each) => kinds.has(each));
  if (kind !== undefined) return kind;
  throw new SourceError(
    'unsupported',
    path,
    `has frames of ${found} only`,
    `Rows are made of ${KINDS.join(', ')}.`,
  );
}

function chosenClock({ path }: Head, survey: Survey, kind: Kind, options: FileOptions): RowClock {
  const { clock = survey.received ? 'receive' : 'exchange' } = options;
  if (clock === 'receive' && !survey.received && kind !== 'kline') {
    throw new SourceError(
      'no-clock',
      path,
      'has no receive times before its frames',
      'Leave out --clock, or say --clock exchange.',
    );
  }
  if (clock === 'exchange' && !survey.timed.has(kind)) {
    throw new SourceError(
      'no-clock',
      path,
      `its ${kind} frames have no time of the exchange`,
      survey.received
        ? 'Say --clock receive.'
        : 'Record them with the time of receipt before them.',
    );
  }
  return clock;
}

function readingOf(
  kind: Kind,
  clock: RowClock,
  { intervals }: Survey,
  { price = 'mid', bars }: FileOptions,
  path: string,
): Reading {
  const interval = intervals.find((each) => lengthOf(each) === bars) ?? intervals[0];
  if (kind === 'kline' && interval === undefined) {
    throw new SourceError(
      'no-interval',
      path,
      'its klines are of no interval that is known',
      'Check the recording.',
    );
  }
  return {
    kind: kind === 'bookTicker' ? 'quotes' : kind === 'kline' ? 'bars' : 'trades',
    price,
    interval: kind === 'kline' ? lengthOf(interval ?? '') : 0,
    decoder: (rows) => frameDecoder(kind, clock, interval, rows),
  };
}

function frameDecoder(
  wanted: Kind,
  clock: RowClock,
  interval: string | undefined,
  rows: RowSink,
): Decoder {
  return lineDecoder((line, number) => {
    const { received, json } = frameOf(line);
    const kind = kindOf(json);
    if (kind === undefined || !json.endsWith('}')) {
      rows.bad(number, `is no frame of a stream: ${line.slice(0, 40)}`);
      return;
    }
    if (kind !== wanted) {
      rows.pass(kind);
      return;
    }
    const data = dataOf(json);
    if (data === undefined) {
      rows.bad(number, 'is a damaged frame');
      return;
    }
    const symbol = data['s'];
    if (typeof symbol !== 'string' || symbol === '') {
      rows.bad(number, 'has no symbol');
      return;
    }
    const time =
      clock === 'exchange' || wanted === 'kline'
        ? exchangeTime(kind, data)
        : received === undefined
          ? NaN
          : microsOfDigits(received);
    const at = rows.symbol(symbol);
    if (wanted === 'bookTicker') {
      rows.quote(number, time, at, decimalOf(data['b']), decimalOf(data['a']));
    } else if (wanted === 'kline') addKline(number, time, at, klineOf(data), interval, rows);
    else rows.trade(number, time, at, decimalOf(data['p']), decimalOf(data['q']));
  });
}

function addKline(
  number: number,
  time: Micros,
  symbol: number,
  kline: Data,
  interval: string | undefined,
  rows: RowSink,
): void {
  if (kline['i'] !== interval) rows.pass(`kline of ${String(kline['i'])}`);
  else if (kline['x'] !== true) rows.pass('kline that is not closed');
  else {
    const [open, high, low, close] = ['o', 'h', 'l', 'c'].map((key) => decimalOf(kline[key]));
    rows.bar(
      number,
      time,
      symbol,
      [open as number, high as number, low as number, close as number],
      decimalOf(kline['v']),
    );
  }
}
