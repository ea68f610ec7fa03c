import type { Micros } from '../../bars/bar';
import { DAY, parseInterval } from '../../bars/interval';
import type { Decoder, RowSink } from '../bytes/decoder';
import { DamagedJson, jsonRows } from '../bytes/jsonRows';
import { decimalOf, microsOfRfc3339 } from '../bytes/numbers';
import { SourceError } from '../sourceError';
import type { ByteFormat, Head } from './format';

const BEGINNING =
  /^\ufeff?\s*\{(?=[^[]*"instrument"\s*:\s*"([A-Z0-9_]+)")(?=[^[]*"granularity"\s*:\s*"([SMHDW]\d*)")[^[]*"candles"\s*:\s*\[/;

const headOf = ({ bytes }: Head): RegExpExecArray | null =>
  BEGINNING.exec(bytes.toString('utf8', 0, 4096));

/** S5, M15, H4, D, W, M. */
function lengthOf(granularity: string): Micros {
  const known: Readonly<Record<string, Micros>> = {
    D: DAY,
    W: 7 * DAY,
    M: parseInterval('1mo').length,
  };
  const [, unit = '', count = ''] = /^([SMH])(\d+)$/.exec(granularity) ?? [];
  return known[granularity] ?? parseInterval(`${count}${unit.toLowerCase()}`).length;
}

export const oandaJson: ByteFormat = {
  name: 'oanda-json',
  title: 'OANDA v20 candles in JSON',
  clock: 'time, the start of the candle; UTC',
  traps: [
    'Candles of mid, bid or ask prices: mid is read, else bid; --price says another.',
    'A candle that is not complete is passed over.',
    'Days begin at 17:00 in New York, weeks on Friday: candles keep their windows.',
    'The volume is the number of prices.',
  ],
  recognise: (head) => {
    const [, instrument, granularity] = headOf(head) ?? [];
    return instrument === undefined
      ? undefined
      : `a JSON object with candles of ${instrument}, ${granularity ?? ''}`;
  },
  open: (head, options) => {
    const [, instrument = '', granularity = ''] = headOf(head) ?? [];
    const text = head.bytes.toString('utf8', 0, 8192);
    const price =
      options.price ?? (['mid', 'bid', 'ask'] as const).find((name) => text.includes(`"${name}"`));
    return {
      kind: 'bars',
      price: 'mid',
      interval: lengthOf(granularity),
      intervalEvidence: `the granularity ${granularity}`,
      barZone: 'America/New_York',
      decoder: (rows) => candles(head.path, options.symbol ?? instrument, price ?? 'mid', rows),
    };
  },
};

function candles(path: string, symbol: string, price: string, sink: RowSink): Decoder {
  let number = 0;
  const of = sink.symbol(symbol);
  const rows = jsonRows(({ json }) => {
    number += 1;
    const candle = parsed(json);
    const prices = candle?.[price];
    if (candle?.['complete'] === false) sink.pass('candles that are not complete');
    else if (candle === undefined || typeof prices !== 'object' || prices === null) {
      sink.bad(number, `has no ${price} prices`);
    } else {
      const value = (key: string): number => decimalOf((prices as Values)[key]);
      const four = [value('o'), value('h'), value('l'), value('c')] as const;
      sink.bar(number, timeOf(candle['time']), of, four, decimalOf(candle['volume']));
    }
  });
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof DamagedJson)) throw error;
      throw new SourceError(
        'SOURCE_DAMAGED',
        path,
        `is damaged JSON: ${error.message}`,
        'Fetch the file again.',
      );
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
    },
  };
}

type Values = Readonly<Record<string, unknown>>;

function parsed(json: string): Values | undefined {
  try {
    return JSON.parse(json) as Values;
  } catch {
    return undefined;
  }
}

/** RFC 3339, or seconds since 1970 with decimals, as it was requested. */
function timeOf(time: unknown): Micros {
  const text = String(time);
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1e6) : microsOfRfc3339(text);
}
