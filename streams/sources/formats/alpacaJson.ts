import type { Micros } from '../../bars/bar';
import { DamagedJson, jsonRows } from '../bytes/jsonRows';
import type { JsonRow } from '../bytes/jsonRows';
import type { Decoder, RowSink } from '../bytes/decoder';
import { decimalOf, microsOfRfc3339 } from '../bytes/numbers';
import type { FileOptions, RowKind } from '../fileOptions';
import { checkPriceOption } from './checkPriceOption';
import { plainBaseName } from '../csv/csvTable';
import { recordedInterval } from '../time/recordedInterval';
import { SourceError } from '../sourceError';
import type { ByteFormat, Head } from './format';

const BEGINNING =
  /^\ufeff?\s*\{\s*(?:"(?:next_page_token|symbol|currency)"\s*:\s*(?:null|"[^"]*")\s*,\s*)*"(bars|trades|quotes)"\s*:\s*[[{]/;

const kindOf = ({ bytes }: Head): RowKind | undefined =>
  BEGINNING.exec(bytes.toString('utf8', 0, 4096))?.[1] as RowKind | undefined;

const QUOTE_FIELDS = ['bid', 'ask', 'bidSize', 'askSize'] as const;

export const alpacaJson: ByteFormat = {
  name: 'alpaca-json',
  title: 'Alpaca market data in JSON: bars, trades, quotes',
  clock: 't, of the participant; bars: their start',
  traps: [
    'Rows are sorted by symbol, then time: they are merged by time here, and counted as out of order only within a symbol.',
    'Nanoseconds are floored to microseconds.',
    'Answers for a single symbol name it behind the rows; in long ones --symbol has to say it.',
    'Pages may follow one another in one file.',
    'There are no lines: bad rows are named by their number.',
  ],
  recognise: (head) => {
    const kind = kindOf(head);
    return kind === undefined ? undefined : `a JSON object that begins with ${kind}`;
  },
  open: (head, options) => {
    const kind = kindOf(head) ?? 'trades';
    const price = checkPriceOption(head.path, options, kind === 'quotes', kind);
    const sample = sampleOf(head);
    const symbol = symbolOf(head, sample, options);
    const known =
      kind === 'bars'
        ? recordedInterval(
            {
              file: head.path,
              names: [plainBaseName(head.path)],
              times: sample.map((row) => microsOfRfc3339(valuesOf(row)?.['t'])),
              symbols: sample.map(({ keys }) => keys[1] ?? ''),
            },
            options,
          )
        : undefined;
    return {
      kind,
      price,
      interval: known?.length ?? 0,
      ...(known !== undefined && { intervalEvidence: known.evidence }),
      sortedBySymbol: true,
      fields: kind === 'quotes' ? QUOTE_FIELDS : kind === 'trades' ? ['side'] : [],
      decoder: (rows) => alpacaDecoder(head.path, kind, symbol, rows),
    };
  },
};

function sampleOf({ path, bytes }: Head): JsonRow[] {
  const sample: JsonRow[] = [];
  const rows = jsonRows((row) => sample.push(row));
  try {
    rows.push(bytes);
  } catch (error) {
    throw inOurWords(path, error);
  }
  if (sample.length > 0 || rows.depth > 0) return sample;
  throw noRows(path);
}

/** Where the rows lie under no key of their own, the document says the symbol beside them, if it is not too long. */
function symbolOf(
  { path, bytes }: Head,
  [first]: readonly JsonRow[],
  { symbol, unknownSymbol }: FileOptions,
): string | undefined {
  if (first !== undefined && first.keys.length > 1) return undefined;
  const found = symbol ?? /"symbol"\s*:\s*"([^"\\]+)"/.exec(bytes.toString('utf8'))?.[1];
  if (found !== undefined || first === undefined) return found;
  if (unknownSymbol !== undefined) return unknownSymbol;
  throw new SourceError(
    'SOURCE_NO_SYMBOL',
    path,
    'its beginning does not tell the symbol',
    'Name it with --symbol, for instance --symbol AAPL.',
  );
}

type Values = Readonly<Record<string, unknown>>;

function valuesOf({ json }: JsonRow): Values | undefined {
  try {
    return JSON.parse(json) as Values;
  } catch {
    return undefined;
  }
}

function alpacaDecoder(
  path: string,
  kind: RowKind,
  symbol: string | undefined,
  sink: RowSink,
): Decoder {
  let number = 0;
  const rows = jsonRows((row) => {
    const [found = '', name = symbol] = row.keys;
    number += 1;
    if (found !== kind) {
      sink.pass(found);
      return;
    }
    const values = valuesOf(row);
    if (values === undefined) sink.bad(number, `is damaged: ${row.json.slice(0, 40)}`);
    else if (name === undefined || name === '') sink.bad(number, 'has no symbol');
    else add(number, kind, microsOfRfc3339(values['t']), sink.symbol(name), values, sink);
  });
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      throw inOurWords(path, error);
    }
  };
  return {
    push: (bytes) => {
      attempt(() => {
        rows.push(bytes);
      });
    },
    end: () => {
      attempt(() => {
        rows.end();
      });
      if (number === 0) throw noRows(path);
    },
  };
}

function add(
  number: number,
  kind: RowKind,
  time: Micros,
  symbol: number,
  values: Values,
  sink: RowSink,
): void {
  const value = (key: string): number => decimalOf(values[key]);
  if (kind === 'trades') {
    // Crypto tells the taker's side.
    const side = values['tks'] === 'B' ? 1 : values['tks'] === 'S' ? -1 : 0;
    sink.trade(number, time, symbol, value('p'), value('s'), side);
  } else if (kind === 'quotes') {
    sink.quote(number, time, symbol, value('bp'), value('ap'), value('bs'), value('as'));
  } else {
    sink.bar(number, time, symbol, [value('o'), value('h'), value('l'), value('c')], value('v'));
  }
}

function inOurWords(path: string, error: unknown): unknown {
  if (!(error instanceof DamagedJson)) return error;
  return error.message === 'unexpected end of file'
    ? new SourceError(
        'SOURCE_TRUNCATED',
        path,
        'ends too early: its last bracket is missing',
        'Fetch or copy the file again.',
      )
    : new SourceError(
        'SOURCE_DAMAGED',
        path,
        `is damaged JSON: ${error.message}`,
        'Fetch the file again.',
      );
}

const noRows = (path: string): SourceError =>
  new SourceError('SOURCE_NO_ROWS', path, 'has no rows', 'There is nothing to replay.');
