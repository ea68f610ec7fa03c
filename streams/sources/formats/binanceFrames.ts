import { wholeLines } from '../bytes/lines';
import type { FileOptions, RowClock } from '../fileOptions';
import { checkPriceOption } from './checkPriceOption';
import { SourceError } from '../sourceError';
import { frameOf, KINDS, kindOf, lengthOf } from './binanceFrame';
import type { Kind } from './binanceFrame';
import { frameDecoder } from './binanceFrameDecoder';
import { surveyOf } from './binanceFrameSurvey';
import type { Survey } from './binanceFrameSurvey';
import type { ByteFormat, Head, Reading } from './format';

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

const FIELDS = ['side', 'bid', 'ask', 'bidSize', 'askSize'] as const;

const hasField = (
  field: (typeof FIELDS)[number],
  kind: Kind,
  kinds: ReadonlySet<string>,
): boolean =>
  field === 'side' ? kind !== 'bookTicker' || kinds.has('trade') : kinds.has('bookTicker');

/** Trades beside quotes and quotes beside trades, as far as they have times of the clock that rules. */
const besides = (
  kind: Kind,
  clock: RowClock,
  kinds: ReadonlySet<string>,
  timed: ReadonlySet<string>,
): Kind[] => {
  const trades = KINDS.find((each) => each !== 'bookTicker' && each !== 'kline' && kinds.has(each));
  const others = kind === 'bookTicker' ? [trades] : ['bookTicker' as const];
  return others.filter(
    (each) => each !== undefined && kinds.has(each) && (clock === 'receive' || timed.has(each)),
  ) as Kind[];
};

function chosenKind({ path }: Head, { kinds }: Survey, options: FileOptions): Kind {
  const found = [...kinds].join(', ');
  checkPriceOption(path, options, kinds.has('bookTicker'), `frames of ${found}`);
  if (options.price !== undefined) return 'bookTicker';
  const kind = KINDS.find((each) => kinds.has(each));
  if (kind !== undefined) return kind;
  throw new SourceError(
    'SOURCE_UNSUPPORTED',
    path,
    `has frames of ${found} only`,
    `Rows are made of ${KINDS.join(', ')}.`,
  );
}

function chosenClock({ path }: Head, survey: Survey, kind: Kind, options: FileOptions): RowClock {
  const { clock = survey.received ? 'receive' : 'exchange' } = options;
  if (clock === 'receive' && !survey.received && kind !== 'kline') {
    throw new SourceError(
      'SOURCE_NO_CLOCK',
      path,
      'has no receive times before its frames',
      'Leave out --clock, or say --clock exchange.',
    );
  }
  if (clock === 'exchange' && !survey.timed.has(kind)) {
    throw new SourceError(
      'SOURCE_NO_CLOCK',
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
  { intervals, kinds, timed }: Survey,
  { price = 'mid', bars }: FileOptions,
  path: string,
): Reading {
  const interval = intervals.find((each) => lengthOf(each) === bars) ?? intervals[0];
  if (kind === 'kline' && interval === undefined) {
    throw new SourceError(
      'SOURCE_NO_INTERVAL',
      path,
      'its klines are of no interval that is known',
      'Check the recording.',
    );
  }
  return {
    kind: kind === 'bookTicker' ? 'quotes' : kind === 'kline' ? 'bars' : 'trades',
    price,
    interval: kind === 'kline' ? lengthOf(interval ?? '') : 0,
    fields: kind === 'kline' ? [] : FIELDS.filter((field) => hasField(field, kind, kinds)),
    decoder: (rows, withTicks = false) =>
      frameDecoder(
        kind,
        clock,
        interval,
        rows,
        withTicks ? besides(kind, clock, kinds, timed) : [],
      ),
  };
}
