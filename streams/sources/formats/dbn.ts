import { dbnSchema, dbnVersion } from '../bytes/dbnMetadata';
import { checkPriceOption } from './checkPriceOption';
import { OHLCV_LENGTHS } from './databentoCsv';
import { dbnDecoder } from './dbnDecoder';
import { SCHEMAS, typeOf } from './dbnTypes';
import type { ByteFormat } from './format';

const FIELDS = ['side', 'bid', 'ask', 'bidSize', 'askSize'] as const;

export const dbn: ByteFormat = {
  name: 'dbn',
  title: 'Databento Binary Encoding, versions 1 to 3: trades, tbbo, mbp-1, ohlcv',
  clock:
    'ts_recv, when Databento received it; with --clock exchange, ts_event; bars: ts_event, their start',
  traps: [
    'Symbols are the metadata’s mappings of instrument numbers, which hold for days.',
    'tbbo makes trades, and quotes if --price asks for them; mbp-1 makes quotes: the price in it is that of the order that changed them.',
    'Prices are integers, a thousand millionth each; an undefined one is a side that is absent.',
    'Records of other types are counted and passed over.',
    'There are no bars of empty intervals.',
  ],
  recognise: ({ bytes }) => {
    if (bytes.length < 8 || bytes.toString('latin1', 0, 3) !== 'DBN') return undefined;
    const schema = bytes.length < 26 ? undefined : SCHEMAS[dbnSchema(bytes)];
    return `the bytes DBN, version ${dbnVersion(bytes)}, schema ${schema ?? 'unknown'}`;
  },
  open: (head, options) => {
    const type = typeOf(head);
    const isQuotes =
      type.schema === 'mbp-1' || (type.schema === 'tbbo' && options.price !== undefined);
    const price = checkPriceOption(head.path, options, isQuotes, type.schema);
    const interval = OHLCV_LENGTHS[type.rtype] ?? 0;
    const kind = interval > 0 ? 'bars' : isQuotes ? 'quotes' : 'trades';
    const { clock = 'receive' } = options;
    return {
      kind,
      price,
      interval,
      fields:
        kind === 'bars' ? [] : kind === 'trades' && type.schema === 'trades' ? ['side'] : FIELDS,
      decoder: (rows, withTicks) => dbnDecoder(head.path, type.rtype, kind, clock, rows, withTicks),
    };
  },
};
