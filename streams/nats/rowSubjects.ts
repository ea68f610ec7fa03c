import { OptionError } from '../../operators/errors';
import { parseNatsAddress } from './natsAddress';
import type { Nats } from './openNats';
import { answerCodeOf, untilAnswered } from './untilAnswered';

/** Rows of a publication: a stream with one subject a symbol. */
export interface Publication {
  /** Name of the stream. */
  readonly stream: string;
  /** Symbols of a partition; empty for all of them. */
  readonly symbols: readonly string[];
}

/** `nats://host/rows` and `nats://host/rows.BTCUSDT,ETHUSDT`; throws an `OptionError` for other paths. */
export function publicationOf(url: string): Publication {
  const { path } = parseNatsAddress(url);
  const [, stream, list = ''] = /^([A-Za-z0-9_-]{1,100})(?:\.(.+))?$/.exec(path) ?? [];
  const symbols = list === '' ? [] : list.split(',').map((name) => name.trim());
  if (stream === undefined || symbols.includes('')) {
    throw new OptionError(
      'nats',
      path,
      'the name of a publication, and symbols of a partition, such as rows or rows.BTCUSDT,ETHUSDT',
    );
  }
  return { stream, symbols };
}

/** A symbol as one token of a subject; `BTC/USD` stays itself, and no symbol means another one's. */
export const symbolToken = (symbol: string): string =>
  symbol.replace(/[\s.*>%]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

export const rowSubject = (stream: string, symbol: string): string =>
  `${stream}.${symbolToken(symbol)}`;

const DIFFERENT = 10_058;
const NANOS_PER_HOUR = 3_600e9;
/** Hours until rows are deleted. */
const KEPT_HOURS = 72;

/** Makes the stream of a publication where it is missing. */
export async function ensurePublication(nats: Nats, stream: string): Promise<void> {
  try {
    await untilAnswered(nats, () =>
      nats.manager.streams.add({
        name: stream,
        subjects: [`${stream}.*`],
        storage: 'file',
        max_age: KEPT_HOURS * NANOS_PER_HOUR,
      }),
    );
  } catch (error) {
    // Somebody may have chosen replicas or ages.
    if (answerCodeOf(error) !== DIFFERENT) throw error;
  }
}
