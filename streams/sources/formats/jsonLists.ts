import type { Micros } from '../../bars/bar';
import type { Decoder, RowSink } from '../bytes/decoder';
import { decimalOf } from '../bytes/numbers';
import { plainBaseName } from '../csv/csvTable';
import type { FileOptions } from '../fileOptions';
import { SourceError } from '../sourceError';
import { recordedInterval } from '../time/recordedInterval';
import { nodeNameOf } from './dukascopyNode';
import type { ByteFormat, Head } from './format';

const ROW = /\[[^[\]]*\]/g;
const BEGINNING = /^\ufeff?\s*\[\s*\[/;

type Row = readonly unknown[];

/** The first rows of a document that is a list of lists. */
function sampleOf({ bytes }: Head): readonly Row[] {
  const text = bytes.toString('utf8', 0, 64 * 1024);
  if (!BEGINNING.test(text)) return [];
  return [...text.matchAll(ROW)].slice(0, 1000).flatMap(([row]) => {
    const parsed = parsedRow(row);
    return parsed === undefined ? [] : [parsed];
  });
}

function parsedRow(text: string): Row | undefined {
  try {
    return JSON.parse(text) as Row;
  } catch {
    return undefined;
  }
}

const isMillis = (time: unknown): boolean =>
  typeof time === 'number' && time > 3e11 && time < 4.2e12;

/** time, open, high, low, close, volume */
const isBar = (row: Row): boolean =>
  (row.length === 6 || row.length === 5) &&
  isMillis(row[0]) &&
  row.slice(1).every((value) => typeof value === 'number') &&
  Number(row[2]) >= Number(row[3]);

/** time, id, type, side, price, amount, cost */
const isTrade = (row: Row): boolean =>
  row.length === 7 && isMillis(row[0]) && (row[3] === 'buy' || row[3] === 'sell');

const kindOf = (head: Head): 'bars' | 'trades' | undefined => {
  const sample = sampleOf(head);
  if (sample.length === 0) return undefined;
  if (sample.every(isBar)) return 'bars';
  return sample.every(isTrade) ? 'trades' : undefined;
};

/** BTC_USDT-5m, BTC_USDT_USDT-1h-futures: the pair of freqtrade; eurusd-m1-bid-2021-01-01 of dukascopy-node. */
function symbolOf(head: Head, { symbol, unknownSymbol }: FileOptions): string {
  const name = plainJsonName(head);
  const pair = /^([A-Z0-9]+)_([A-Z0-9]+)(?:_[A-Z0-9]+)?-/.exec(name);
  const found =
    symbol ??
    nodeNameOf([name]).symbol ??
    (pair === null ? undefined : `${pair[1] ?? ''}/${pair[2] ?? ''}`) ??
    unknownSymbol;
  if (found !== undefined) return found;
  throw new SourceError(
    'SOURCE_NO_SYMBOL',
    head.path,
    'the name of the file does not tell the symbol',
    'Name it with --symbol, for instance --symbol BTC/USDT.',
  );
}

const plainJsonName = ({ path }: Head): string =>
  plainBaseName(path).replace(/\.json(\.gz)?$/i, '');

export const jsonLists: ByteFormat = {
  name: 'freqtrade-json',
  title: 'freqtrade and dukascopy-node JSON: lists of time, open, high, low, close, volume; trades',
  clock: 'start of the bar, or time of the trade; milliseconds',
  traps: [
    'Pair and timeframe are in the name of the file only: BTC_USDT-5m.json.',
    'There are no lines: bad rows are named by their number.',
  ],
  recognise: (head) => {
    const kind = kindOf(head);
    if (kind === undefined) return undefined;
    return kind === 'bars'
      ? 'a JSON list of lists: milliseconds, open, high, low, close, volume'
      : 'a JSON list of lists: milliseconds, id, type, side, price, amount, cost';
  },
  open: (head, options) => {
    const kind = kindOf(head) ?? 'bars';
    const symbol = symbolOf(head, options);
    const decoder = (rows: RowSink): Decoder => listDecoder(head.path, kind, symbol, rows);
    if (kind === 'trades') {
      return { kind, price: 'mid', interval: 0, fields: ['side'], decoder };
    }
    const name = plainJsonName(head);
    const known = recordedInterval(
      { file: head.path, names: [name], times: sampleOf(head).map(timeOf) },
      options,
      nodeNameOf([name]).interval,
    );
    return {
      kind,
      price: 'mid',
      interval: known.length,
      intervalEvidence: known.evidence,
      decoder,
    };
  },
};

const timeOf = ([time]: Row): Micros => (typeof time === 'number' ? time * 1000 : NaN);

function listDecoder(
  path: string,
  kind: 'bars' | 'trades',
  symbol: string,
  sink: RowSink,
): Decoder {
  const of = sink.symbol(symbol);
  const text = new TextDecoder('utf-8');
  let held = '';
  let number = 0;
  const add = (written: string): void => {
    number += 1;
    const row = parsedRow(written);
    if (row === undefined) sink.bad(number, `is damaged: ${written.slice(0, 40)}`);
    else if (kind === 'trades') {
      const side = row[3] === 'buy' ? 1 : row[3] === 'sell' ? -1 : 0;
      sink.trade(number, timeOf(row), of, decimalOf(row[4]), decimalOf(row[5]), side);
    } else {
      const [, open, high, low, close, volume = 0] = row;
      const four = [decimalOf(open), decimalOf(high), decimalOf(low), decimalOf(close)] as const;
      sink.bar(number, timeOf(row), of, four, decimalOf(volume));
    }
  };
  const read = (piece: string): void => {
    held += piece;
    let done = 0;
    for (const match of held.matchAll(ROW)) {
      add(match[0]);
      done = match.index + match[0].length;
    }
    held = held.slice(done);
  };
  return {
    push: (bytes) => {
      read(text.decode(bytes, { stream: true }));
    },
    end: () => {
      read(text.decode());
      if (/^\s*\]\s*$/.test(held)) return;
      throw new SourceError(
        'SOURCE_TRUNCATED',
        path,
        'ends too early: its last bracket is missing',
        'Fetch or copy the file again.',
      );
    },
  };
}
